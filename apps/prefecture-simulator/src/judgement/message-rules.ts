import { readIdentifiantActe } from '../names/identifiant-acte';
import { readNomDocument } from '../names/file-names';
import type { Faute, Regle } from '../dossier/anomalie';
import { documentsOf, isNamedAfter } from '../dossier/dossier';
import type { Dossier, FormulaireRecu } from '../dossier/dossier';
import { FLUX_ATTENDUS } from './flux-attendus';
import { faultOfFormat } from '../dossier/formats';
import { codeNature, natureActe } from '../dossier/nomenclature';
import { schemaFaute } from './schema-faute';

/** Ce que la préfecture a en mémoire quand on lui répond. */
export interface Memoire {
  /** L'acte a été accusé. */
  has(identifiantActe: string): boolean;
  /** L'acte accusé a ensuite été annulé par un 6-2. */
  isAnnule(identifiantActe: string): boolean;
  /** Un courrier de ce flux, à cette date, a été envoyé au sujet de cet acte. */
  hasCourrier(identifiantActe: string, flux: string, dateCourrierPref: string): boolean;
}

/** Un message à juger, dans son archive. */
export interface MessageAJuger {
  readonly dossier: Dossier;
  readonly formulaire: FormulaireRecu;
  readonly memoire: Memoire;
}

// Le ministère ne « reconnaît pas la transaction » : le code et la nature sont ceux vus sur le fil (protocole §6.3).
const unknownTransaction = (detail: string): Faute => ({ nature: '999', verif: 'ODT-VERIF-17', detail });

function checkPresents({ dossier, formulaire }: MessageAJuger): Faute | undefined {
  const { entries, enveloppes, formulaires } = dossier;
  const absents = documentsOf(formulaire).filter((nom) => nom !== '' && !entries.has(nom));
  if (absents.length > 0) return { nature: '001', detail: `${absents.join(', ')} est introuvable` };
  // Dans une archive mêlée d'actes, c'est la règle des actes qui cherche les fichiers en trop.
  if (formulaires.some(({ flux, message }) => flux === '1-1' || !message)) return undefined;
  const attendus = new Set([...enveloppes, ...formulaires.flatMap((f) => [f.nom, ...documentsOf(f)])]);
  const enTrop = [...entries.keys()].filter((nom) => !attendus.has(nom));
  return enTrop.length > 0 ? { nature: '001', detail: `fichiers en trop : ${enTrop.join(', ')}` } : undefined;
}

function checkValide({ formulaire }: MessageAJuger): Faute | undefined {
  const attendu = FLUX_ATTENDUS[formulaire.flux];
  if (!attendu) return unknownTransaction(`le flux ${formulaire.flux} n'existe pas`);
  return schemaFaute(formulaire.lecture, { ...attendu, nonVides: attendu.obligatoires });
}

function checkActeConnu({ dossier, formulaire, memoire }: MessageAJuger): Faute | undefined {
  const { identifiantActe, flux } = formulaire;
  if (!FLUX_ATTENDUS[flux]?.citeUnActe) return undefined;
  const lu = readIdentifiantActe(identifiantActe ?? '');
  if (identifiantActe === undefined || !lu || !memoire.has(identifiantActe)) {
    return unknownTransaction(`l'acte ${identifiantActe ?? ''} n'a jamais été accusé`);
  }
  if (lu.siren === dossier.emetteur.siren) return undefined;
  return unknownTransaction(
    `l'acte ${identifiantActe} n'est pas celui de l'émetteur ${dossier.emetteur.siren}`,
  );
}

function checkNom({ formulaire: { nom, nomLu, identifiantActe } }: MessageAJuger): Faute | undefined {
  const lu = readIdentifiantActe(identifiantActe ?? '');
  // La date du nom est laissée libre : trois usages coexistent, et tous passent (protocole §2.4).
  const isSame = (['departement', 'numeroInterne', 'nature'] as const).every(
    (champ) => nomLu?.[champ] === lu?.[champ],
  );
  if (!lu || isSame) return undefined;
  return unknownTransaction(`le nom ${nom} ne dit pas l'acte ${identifiantActe ?? ''}`);
}

function checkCourrier({ formulaire: { flux, message }, memoire }: MessageAJuger): Faute | undefined {
  const courrier = FLUX_ATTENDUS[flux]?.courrier;
  if (!courrier || !message) return undefined;
  const { identifiantActe, dateCourrierPref } = message;
  if (memoire.hasCourrier(identifiantActe, courrier, dateCourrierPref)) return undefined;
  return unknownTransaction(
    `aucun courrier ${courrier} du ${dateCourrierPref} n'a été envoyé au sujet de l'acte ${identifiantActe}`,
  );
}

function checkAnnulation({ formulaire, memoire }: MessageAJuger): Faute | undefined {
  const { flux, identifiantActe = '' } = formulaire;
  if (flux !== '6-1' || !memoire.isAnnule(identifiantActe)) return undefined;
  return unknownTransaction(`l'acte ${identifiantActe} est déjà annulé`);
}

function checkPieces({ dossier: { entries, examens }, formulaire }: MessageAJuger): Faute | undefined {
  const abrege = readIdentifiantActe(formulaire.identifiantActe ?? '')?.nature ?? '';
  const nature = natureActe(codeNature(abrege) ?? '');
  for (const nom of documentsOf(formulaire)) {
    const lu = readNomDocument(nom);
    if (!lu) return { nature: '002', detail: `le nom ${nom} ne suit pas la grammaire des documents` };
    if (lu.typePiece === undefined || !nature?.typesPiece.has(lu.typePiece)) {
      const detail = `la typologie ${lu.typePiece ?? 'absente'} de ${nom} n'est pas permise pour la nature ${abrege}`;
      return { nature: '002', detail };
    }
    if (!isNamedAfter(nom, formulaire))
      return { nature: '002', detail: `le nom ${nom} n'est pas celui d'un document de ${formulaire.nom}` };
    const faute = faultOfFormat(nom, entries.get(nom), examens.get(nom), abrege === 'BF');
    if (faute !== undefined) return { nature: '002', detail: faute };
  }
  return undefined;
}

/**
 * Ce qui fait rejeter une réponse, une annulation ou une demande de classification, dans l'ordre du protocole (§12.1).
 * Aucune anomalie de message n'existe pour elles (§8.1) : c'est toute l'archive que l'anomalie rejette.
 */
export const messageRules: readonly Regle<MessageAJuger>[] = [
  { nom: 'pieces-presentes', check: checkPresents },
  { nom: 'reponse-valide', check: checkValide },
  { nom: 'acte-connu', check: checkActeConnu },
  { nom: 'nom-du-message', check: checkNom },
  { nom: 'courrier-connu', check: checkCourrier },
  { nom: 'acte-deja-annule', check: checkAnnulation },
  { nom: 'pieces-lisibles', check: checkPieces },
];
