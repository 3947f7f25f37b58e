import type { PendingRetour, UnusableEntry } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';

const IDENTITE_MAX_CHARS = 200;
const NOM_MAX_CHARS = 255;
const EXTRAIT_MAX_CHARS = 300;

/**
 * Ce qu'une entrée de la liste annonce, jugée seule : un retour à demander, ou ce qu'on ne saurait demander. Un nom qui manque, ou qui ne se
 * garde pas, n'empêche pas de prendre le retour.
 */
export function pendingEntryOf(brut: unknown): PendingRetour | UnusableEntry {
  const { id, nom } = (typeof brut === 'object' && brut !== null ? brut : {}) as {
    readonly id?: unknown;
    readonly nom?: unknown;
  };
  const nomOrNull = isNom(nom) ? nom : null;
  // Un nombre désigne aussi bien qu'un texte, tant qu'il s'écrit sans perte.
  const identite = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  const fault = faultOfIdentite(identite);
  if (fault === null && typeof identite === 'string')
    return { kind: 'retour', sourceId: identite, nom: nomOrNull };
  const texte = JSON.stringify(brut);
  return {
    kind: 'unusable',
    empreinte: createHash('sha256').update(texte).digest('hex'),
    nom: nomOrNull,
    extrait: printable(texte.slice(0, EXTRAIT_MAX_CHARS)),
    detail: `La préfecture annonce un retour ${fault ?? 'sans identité'} : on ne saurait le lui demander. Signalez-le lui.`,
  };
}

/** Un nom de fichier qui se garde : ni vide, ni trop long, ni caractère de contrôle, de direction ou demi-lettre. */
function isNom(nom: unknown): nom is string {
  return (
    typeof nom === 'string' &&
    nom.trim() !== '' &&
    nom.length <= NOM_MAX_CHARS &&
    !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(nom)
  );
}

/** Pourquoi cette identité ne se met pas dans une adresse ; `null` quand elle s'y met. */
function faultOfIdentite(identite: unknown): string | null {
  if (identite === undefined || identite === null || identite === '') return 'sans identité';
  if (typeof identite !== 'string') return 'dont l’identité n’est ni un texte ni un nombre';
  if (identite.length > IDENTITE_MAX_CHARS)
    return `dont l’identité fait plus de ${IDENTITE_MAX_CHARS} caractères`;
  // « . » et « .. » changeraient d'adresse ; une demi-lettre ne s'écrit pas.
  if (/^\.{1,2}$/.test(identite) || /[\p{Cc}\p{Cs}]/u.test(identite))
    return 'dont l’identité ne se met pas dans une adresse';
  return null;
}

function printable(texte: string): string {
  return texte.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD');
}
