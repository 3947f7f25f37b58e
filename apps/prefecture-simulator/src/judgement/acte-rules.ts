import type { CivilDate } from '@teletransmission/kernel';
import { compactDay } from '../clock/civil-day';
import { readNomDocument } from '../names/file-names';
import type { Faute, Regle } from '../dossier/anomalie';
import { documentsOf, isNamedAfter } from '../dossier/dossier';
import type { Dossier, FormulaireRecu } from '../dossier/dossier';
import { faultOfFormat } from '../dossier/formats';
import { faultOfMatiere, natureActe } from '../dossier/nomenclature';
import { schemaFaute } from './schema-faute';

/** Un acte à juger, dans son archive et à une date. */
export interface ActeAJuger {
  readonly dossier: Dossier;
  readonly formulaire: FormulaireRecu;
  readonly classificationDateVersion: CivilDate;
  readonly jourReception: CivilDate;
  /** Les identifiants déjà accusés. */
  readonly dejaAcceptes: Pick<ReadonlySet<string>, 'has'>;
}

const ACTE_ATTENDU = {
  racine: 'Acte',
  obligatoires: [
    'CodeMatiere1',
    'CodeMatiere2',
    'Objet',
    'ClassificationDateVersion',
    'Document',
    'Annexes',
    'DocumentPapier',
  ],
  nonVides: ['Objet', 'Document'],
};

function checkDocumentsPresents({
  dossier: { entries, enveloppes, formulaires },
  formulaire,
}: ActeAJuger): Faute | undefined {
  if (!formulaire.acte) return undefined;
  const absents = documentsOf(formulaire).filter((nom) => nom !== '' && !entries.has(nom));
  if (absents.length > 0) return { nature: '006', detail: `${absents.join(', ')} est introuvable` };
  // D'un formulaire illisible on ignore les documents : rien ne dit qu'un fichier soit de trop.
  if (formulaires.some(({ acte, message }) => !acte && !message)) return undefined;
  const attendus = new Set([...enveloppes, ...formulaires.flatMap((f) => [f.nom, ...documentsOf(f)])]);
  const enTrop = [...entries.keys()].filter((nom) => !attendus.has(nom));
  return enTrop.length > 0 ? { nature: '006', detail: `fichiers en trop : ${enTrop.join(', ')}` } : undefined;
}

/**
 * Le nom du message dit le même acte que son contenu. Un seul écart passe, parce qu'un opérateur l'a pratiqué longtemps sans anomalie : la
 * date du nom peut être le jour de l'enveloppe au lieu de celui de la décision (§2.4).
 */
function checkNomDuMessage({ dossier, formulaire: { nom, nomLu, acte } }: ActeAJuger): Faute | undefined {
  if (!acte || !nomLu) return undefined;
  const { emetteur } = dossier;
  const abrege = natureActe(acte.codeNature)?.abrege ?? '';
  if (nomLu.numeroInterne !== acte.numeroInterne)
    return {
      nature: '001',
      detail: `le nom ${nom} dit le numéro ${nomLu.numeroInterne}, et l'acte ${acte.numeroInterne}`,
    };
  const ecarts: readonly (readonly [quoi: string, nom: string, contenu: readonly string[]])[] = [
    ['la nature', nomLu.nature, [abrege]],
    ['le département', nomLu.departement, [emetteur.departement]],
    ['la date', nomLu.jour, [compactDay(acte.dateDecision), dossier.nomLu?.jour ?? '']],
  ];
  const ecart = ecarts.find(([, dit, contenu]) => !contenu.includes(dit));
  if (!ecart) return undefined;
  const [quoi, dit, [contenu]] = ecart;
  return { nature: '005', detail: `le nom ${nom} dit ${quoi} ${dit}, et l'acte ${contenu ?? ''}` };
}

/** Le nom d'un document répète celui de son message, à son type et à son rang près (§2.1). */
function checkNomsDesDocuments({ formulaire }: ActeAJuger): Faute | undefined {
  const etranger = documentsOf(formulaire).find((nom) => !isNamedAfter(nom, formulaire));
  return etranger === undefined
    ? undefined
    : { nature: '007', detail: `le nom ${etranger} n'est pas celui d'un document de ${formulaire.nom}` };
}

function checkMatieres({ formulaire: { acte } }: ActeAJuger): Faute | undefined {
  const detail = faultOfMatiere(acte?.matieres ?? []);
  return detail === undefined ? undefined : { nature: '003', detail };
}

function checkTypesDePiece({ formulaire }: ActeAJuger): Faute | undefined {
  const nature = natureActe(formulaire.acte?.codeNature ?? '');
  for (const nom of documentsOf(formulaire)) {
    const lu = readNomDocument(nom);
    if (!lu) return { nature: '007', detail: `le nom ${nom} ne suit pas la grammaire des documents` };
    if (lu.typePiece === undefined) return { nature: '007', detail: `${nom} ne dit pas son type de pièce` };
    if (!nature?.typesPiece.has(lu.typePiece)) {
      const detail = `la typologie ${lu.typePiece} n'est pas permise pour la nature ${nature?.abrege ?? ''}`;
      return { nature: '007', detail };
    }
  }
  return undefined;
}

function checkFormats({ dossier: { entries, examens }, formulaire }: ActeAJuger): Faute | undefined {
  const isBudget = natureActe(formulaire.acte?.codeNature ?? '')?.abrege === 'BF';
  for (const nom of documentsOf(formulaire)) {
    const detail = faultOfFormat(nom, entries.get(nom), examens.get(nom), isBudget);
    if (detail !== undefined) return { nature: '007', detail };
  }
  return undefined;
}

/** Ce qui fait rejeter un acte, dans l'ordre du protocole (§12.1). Les natures sont celles du 1-3 (§6.2). */
export const acteRules: readonly Regle<ActeAJuger>[] = [
  {
    nom: 'documents-presents',
    check: checkDocumentsPresents,
  },
  { nom: 'message-valide', check: ({ formulaire }) => schemaFaute(formulaire.lecture, ACTE_ATTENDU) },
  {
    nom: 'nature-connue',
    check: ({ formulaire: { acte } }) =>
      natureActe(acte?.codeNature ?? '')
        ? undefined
        : { nature: '005', detail: `la nature d'acte ${acte?.codeNature ?? ''} n'existe pas` },
  },
  { nom: 'nom-du-message', check: checkNomDuMessage },
  {
    nom: 'classification-en-cours',
    check: ({ formulaire: { acte }, classificationDateVersion }) =>
      acte?.classificationDateVersion === classificationDateVersion
        ? undefined
        : {
            nature: '002',
            verif: 'ODT-VERIF-01',
            detail: `la classification du ${acte?.classificationDateVersion ?? ''} n'est pas à jour, celle du ${classificationDateVersion} est en cours`,
          },
  },
  {
    nom: 'matieres',
    check: checkMatieres,
  },
  {
    nom: 'types-de-piece',
    check: checkTypesDePiece,
  },
  { nom: 'nom-des-documents', check: checkNomsDesDocuments },
  {
    nom: 'formats',
    check: checkFormats,
  },
  {
    nom: 'nombre-annexes',
    check: ({ formulaire: { acte } }) =>
      Number(acte?.nombreAnnexes) === acte?.annexes.length
        ? undefined
        : {
            nature: '005',
            detail: `Nombre vaut ${acte?.nombreAnnexes ?? ''} pour ${acte?.annexes.length ?? 0} annexe(s)`,
          },
  },
  {
    nom: 'date-decision',
    check: ({ formulaire: { acte }, jourReception }) =>
      acte && acte.dateDecision <= jourReception
        ? undefined
        : { nature: '005', detail: `la date de décision ${acte?.dateDecision ?? ''} est dans le futur` },
  },
  {
    nom: 'numerotation',
    check: ({ formulaire: { acte } }) =>
      /^[A-Za-z0-9](?:[A-Za-z0-9_ -]{0,13}[A-Za-z0-9])?$/.test(acte?.numeroInterne ?? '')
        ? undefined
        : { nature: '001', detail: `le numéro interne « ${acte?.numeroInterne ?? ''} » est mal formé` },
  },
  {
    nom: 'deja-transmis',
    check: ({ formulaire: { identifiantActe }, dejaAcceptes }) =>
      identifiantActe !== undefined && dejaAcceptes.has(identifiantActe)
        ? { nature: '001', detail: `l'acte ${identifiantActe} a déjà été transmis` }
        : undefined,
  },
];
