import type { Instant } from '@teletransmission/kernel';
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
  /** Crée le compte et son jeton en une transaction. */
  create(compte: Compte, jeton: StoredJeton): Promise<void>;
  /** Révoque tous les jetons du compte. `false` : compte inconnu. */
  revoke(id: CompteId, at: Instant): Promise<boolean>;
  /** Révoque les comptes de ce nom ; rend leur nombre. */
  revokeByNom(nom: string, at: Instant): Promise<number>;
  list(): Promise<readonly (Compte & { readonly creeLe: Instant; readonly revoqueLe: Instant | null })[]>;
}
