import { ABUSIVE_ADDRESSES } from './abusive-addresses';
import { ABUSIVE_DOSSIERS } from './abusive-dossiers';
import { ABUSIVE_FILES } from './abusive-files';
import type { AbusiveRequest } from './abusive-request';

/** Toutes les demandes abusives : l'essai les joue, le banc les mesure. */
export const ABUSIVE_REQUESTS: readonly AbusiveRequest[] = [
  ...ABUSIVE_DOSSIERS,
  ...ABUSIVE_FILES,
  ...ABUSIVE_ADDRESSES,
];
