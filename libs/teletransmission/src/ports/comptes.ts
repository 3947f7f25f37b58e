import type { Instant } from '@teletransmission/kernel';
import type { Actor } from '../audit/audit-entry';
import type { Compte } from '../compte/compte';
import type { CompteId } from '../ids';

/** Un jeton tel qu'il se garde : son empreinte, jamais lui-même. */
export interface StoredJeton {
  readonly compteId: CompteId;
  readonly empreinte: string;
  readonly creeLe: Instant;
}

export interface CompteRepository {
  /** Le compte de ce jeton, si le jeton et le compte valent encore. */
  findByJeton(empreinte: string): Promise<Compte | null>;
  /** Crée le compte, son jeton et son entrée d'audit en une transaction. @param acteur la console, sauf mention. */
  create(compte: Compte, jeton: StoredJeton, acteur?: Actor): Promise<void>;
  /** Révoque tous les jetons du compte, et l'inscrit au journal. `false` : compte inconnu. */
  revoke(id: CompteId, at: Instant, acteur?: Actor): Promise<boolean>;
  /** Révoque les comptes de ce nom, et les inscrit au journal ; rend leur nombre. */
  revokeByNom(nom: string, at: Instant, acteur?: Actor): Promise<number>;
  list(): Promise<readonly (Compte & { readonly creeLe: Instant; readonly revoqueLe: Instant | null })[]>;
}
