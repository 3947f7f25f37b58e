import type { CivilDate } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import { parseIdentifiantActe } from '../identifiant/read-identifiant-acte';
import { baseName } from '../noms/nom-enveloppe';
import { ESPACE_ACTES, ESPACE_INSEE } from '../vocabulaire/description';
import { dayOfXsdDate, reduceSpaces } from '../vocabulaire/types-simples';
import type { Noeud } from '../xml/noeud';
import { attributOf, enfantOf, enfantsOf } from '../xml/noeud';
import type { FichierSigne, Referent } from './messages';
import type { CourrierPrefLu, DateReceptionLue, IdentifiantLu } from './messages-lus';

/*
 * Lecture champ par champ, sans jamais refuser : ce qui ne se lit pas est absent. La validation, faite à côté, dit pourquoi.
 */

export function attributActes(noeud: Noeud, local: string): string | undefined {
  // Le schéma attend l'espace ACTES ; un ancien espace de noms préfixe ses attributs comme ses éléments.
  return attributOf(noeud, local, noeud.espace === '' ? ESPACE_ACTES : noeud.espace);
}

export function readSiren(noeud: Noeud): string | undefined {
  const text = attributOf(noeud, 'SIREN', ESPACE_INSEE);
  return text === undefined ? undefined : reduceSpaces(text);
}

export function readTexte(parent: Noeud, local: string): string | undefined {
  return enfantOf(parent, local)?.texte;
}

export function readJour(text: string | undefined): CivilDate | undefined {
  const read = text === undefined ? undefined : dayOfXsdDate(text);
  return read && civilDate(read.jour);
}

export function readJourAttribut(noeud: Noeud, local: string): CivilDate | undefined {
  return readJour(attributActes(noeud, local));
}

export function readJourEnfant(noeud: Noeud, local: string): CivilDate | undefined {
  return readJour(readTexte(noeud, local));
}

/** Le jour d'un accusé. Une date et une heure n'en sont pas un : le jour qu'il était, et où, ne se décide pour personne. */
export function readDateReception(racine: Noeud): DateReceptionLue {
  const brut = attributActes(racine, 'DateReception');
  const jour = readJour(brut);
  if (jour !== undefined) return { dateReception: jour };
  return brut === undefined ? {} : { dateReceptionBrute: brut };
}

export function readEntier(text: string | undefined): number | undefined {
  const digits = text === undefined ? '' : reduceSpaces(text);
  return /^\+?[0-9]{1,9}$/.test(digits) ? Number(digits) : undefined;
}

export function readIdentifiant(noeud: Noeud): IdentifiantLu {
  const brut = attributActes(noeud, 'IDActe');
  if (brut === undefined || brut.trim() === '') return {};
  const read = parseIdentifiantActe(brut);
  return { identifiantBrut: brut, ...(read.ok ? { identifiantActe: read.value.identifiant } : {}) };
}

export function readCourrierPref(noeud: Noeud): CourrierPrefLu {
  const dateCourrierPref = readJourAttribut(noeud, 'DateCourrierPref');
  return { ...readIdentifiant(noeud), ...(dateCourrierPref === undefined ? {} : { dateCourrierPref }) };
}

/** Un fichier nommé ; le chemin qui précéderait son nom est ôté, et n'est jamais ouvert. */
export function readFichier(noeud: Noeud): FichierSigne | undefined {
  const nom = readTexte(noeud, 'NomFichier')?.trim();
  if (nom === undefined || nom === '') return undefined;
  const signature = readTexte(noeud, 'Signature');
  return { nomFichier: baseName(nom), ...(signature === undefined ? {} : { signature }) };
}

export function readFichiers(parent: Noeud | undefined, local: string): readonly FichierSigne[] {
  if (!parent) return [];
  return enfantsOf(parent, local).flatMap((noeud) => readFichier(noeud) ?? []);
}

export function readReferent(emetteur: Noeud | undefined): Referent | undefined {
  const noeud = emetteur && enfantOf(emetteur, 'Referent');
  if (!noeud) return undefined;
  const nom = readTexte(noeud, 'Nom');
  const telephone = readTexte(noeud, 'Telephone');
  const email = readTexte(noeud, 'Email');
  return {
    ...(nom === undefined ? {} : { nom }),
    ...(telephone === undefined ? {} : { telephone }),
    ...(email === undefined ? {} : { email }),
  };
}
