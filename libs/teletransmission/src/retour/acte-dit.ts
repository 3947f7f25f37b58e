import type { Departement, DonneesActeLues, IdentifiantActe, NatureAbregee } from '@teletransmission/actes';
import {
  buildIdentifiantActe,
  natureAbregeeOf,
  parseDepartement,
  parseIdentifiantActe,
  parseNomMessage,
} from '@teletransmission/actes';
import type { NumeroInterne, Siren } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';

/**
 * Ce qu'un message dit d'un acte : de qui, de quand, sous quel numéro, de quelle nature. Le département n'y est qu'un indice : la préfecture
 * qui répond n'est pas toujours celle du département de l'acte.
 */
export interface ActeDit {
  readonly siren: string;
  readonly dateDecision: CivilDate;
  readonly numero: string;
  readonly nature: NatureAbregee;
  readonly departement: Departement | null;
}

/** Un numéro réduit à ce que tous écrivent de même : ni casse, ni tiret, ni espace. */
export function bareNumero(numero: string): string {
  return numero.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Ce que dit un identifiant d'acte. `null` : il ne se lit pas. */
export function acteOfIdentifiant(identifiant: string): ActeDit | null {
  const read = parseIdentifiantActe(identifiant);
  if (!read.ok) return null;
  const { siren, dateDecision, numeroInterne: numero, nature, departement } = read.value;
  return { siren, dateDecision, numero, nature, departement };
}

/** Ce que dit un message qui redit l'acte sans son identifiant. `null` : pas assez. */
export function acteOfDonnees(
  acte: DonneesActeLues | undefined,
  siren: string | null,
  departement: string | undefined,
): ActeDit | null {
  const nature = natureAbregeeOf(acte?.codeNature ?? 0);
  const dept = parseDepartement(departement ?? '');
  if (siren === null || !nature || !acte?.dateDecision || !acte.numeroInterne) return null;
  const { dateDecision, numeroInterne: numero } = acte;
  return { siren, dateDecision, numero, nature, departement: dept.ok ? dept.value : null };
}

/** Ce que dit le nom d'un message, quand il dit tout. */
export function acteOfNom(nom: string): ActeDit | null {
  const read = parseNomMessage(nom);
  if (!read.ok) return null;
  const { departement, siren, dateDecision, numeroInterne, nature } = read.value;
  if (dateDecision === undefined || numeroInterne === undefined || nature === undefined) return null;
  const radical = [departement, siren, dateDecision.replaceAll('-', ''), numeroInterne, nature].join('-');
  return acteOfIdentifiant(radical);
}

/** L'identifiant que cet acte aurait, si le département dit est le sien. */
export function identifiantOf({
  siren,
  departement,
  dateDecision,
  numero,
  nature,
}: ActeDit): IdentifiantActe | null {
  if (departement === null) return null;
  return buildIdentifiantActe({
    siren: siren as Siren,
    departement,
    dateDecision,
    numeroInterne: numero as NumeroInterne,
    nature,
  });
}

const SIREN = /^[0-9]{9}$/;

/**
 * De quelle collectivité parle un message qui ne le dit pas lui-même : celle de son enveloppe, à défaut celle de son nom de fichier ou des
 * documents qu'il cite. Deux sources qui se contredisent ne valent rien : l'acte d'une autre commune n'est jamais un candidat.
 */
export function sirenTold(destinataire: string | undefined, noms: readonly string[]): string | null {
  const fromNoms = noms.map((nom) => /(?:^|-)[0-9]{2}[0-9AB]-([0-9]{9})-/.exec(nom)?.[1]);
  const told = [destinataire?.replace(/\s/g, ''), ...fromNoms].filter(
    (siren): siren is string => siren !== undefined && SIREN.test(siren),
  );
  const [siren] = told;
  return siren !== undefined && told.every((other) => other === siren) ? siren : null;
}
