/** Ce que le système reproche à un fichier ou à une liaison, d'après son code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'il n’existe pas',
  EACCES: 'ce compte n’en a pas le droit',
  EPERM: 'ce compte n’en a pas le droit',
  EISDIR: 'c’est un dossier',
  ENOTDIR: 'ce chemin ne mène pas à un dossier',
  EEXIST: 'il existe déjà',
  ENOTEMPTY: 'ce dossier n’est pas vide',
  EROFS: 'le disque est en lecture seule',
  ENOSPC: 'le disque est plein',
  EDQUOT: 'l’espace alloué à ce compte est plein',
  EMFILE: 'trop de fichiers sont ouverts',
  ENFILE: 'trop de fichiers sont ouverts',
  ENAMETOOLONG: 'ce nom est trop long',
  ELOOP: 'ce chemin tourne en rond',
  EIO: 'le disque ne répond pas',
  ECONNREFUSED: 'rien n’écoute à cette adresse',
  ECONNRESET: 'la liaison a été coupée',
  EPIPE: 'la liaison a été coupée',
  ETIMEDOUT: 'la réponse n’est pas venue à temps',
  ENOTFOUND: 'ce nom de machine est inconnu',
};

/** Les refus de PostgreSQL qu'un exploitant rencontre, d'après leur classe ou leur code (SQLSTATE). */
const DATABASE_REASONS: readonly (readonly [RegExp, string])[] = [
  [/^42501$/, 'ce compte de la base n’a pas ce droit'],
  [/^28/, 'la base refuse ce compte ou son mot de passe'],
  [/^3D000$/, 'cette base n’existe pas'],
  [/^53100$/, 'le disque de la base est plein'],
  [/^53/, 'la base n’a plus de quoi répondre (connexions, mémoire)'],
  [/^57P0/, 'la base s’arrête ou redémarre'],
  [/^57014$/, 'la base a mis trop longtemps à répondre'],
  [/^25006$/, 'la base est en lecture seule'],
  [/^08/, 'la liaison avec la base a été coupée'],
  [/^42P01$|^42703$/, 'la base n’est pas au niveau de ce programme : lancez « base migrer »'],
  [/^40/, 'un autre travail a gêné celui-ci : recommencez'],
];

const DOCUMENT_REASONS: Readonly<Record<string, string>> = {
  'document/missing': 'un document manque au dépôt : lancez « documents verifier »',
  'document/unreadable': 'un document ne se lit plus : lancez « documents verifier »',
  'document/not-stored': 'le dépôt de documents ne se laisse pas écrire',
};

function reasonOfCode(code: string): string | null {
  return (
    REASONS[code] ??
    DATABASE_REASONS.find(([pattern]) => pattern.test(code))?.[1] ??
    DOCUMENT_REASONS[code] ??
    null
  );
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Pourquoi le système ou la base ont refusé, en français : de la cause la plus profonde qu'on sache dire. */
export function systemReason(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { cause, driverError } = error as { readonly cause?: unknown; readonly driverError?: unknown };
  return systemReason(driverError) ?? systemReason(cause) ?? reasonOfCode(codeOf(error));
}

/** « il n'existe pas », pour la suite d'une phrase ; un code inconnu se dit tel quel, pour qui cherchera. */
export function systemReasonOr(error: unknown): string {
  return systemReason(error) ?? `erreur du système ${codeOf(error) || 'sans code'}`;
}
