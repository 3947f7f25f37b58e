import type { Instant } from '@teletransmission/kernel';
import type { Actor } from '../../audit/audit-entry';
import type { Compte, StoredJeton } from '../../compte/compte';
import type { CompteId } from '../../ids';

/** Un jeton tel qu'il se montre à qui l'administre. */
export interface JetonView {
  /** Le début de son empreinte : de quoi le désigner, pas de quoi l'employer. */
  readonly reference: string;
  readonly creeLe: Instant;
  readonly expireLe: Instant | null;
  readonly revoqueLe: Instant | null;
  /** Son dernier usage, à dix minutes près ; `null` : jamais. */
  readonly employeLe: Instant | null;
}

export interface CompteView extends Compte {
  readonly creeLe: Instant;
  readonly revoqueLe: Instant | null;
  readonly jetons: readonly JetonView[];
}

export interface CompteRepository {
  /** Le compte de ce jeton, si le jeton et le compte valent encore ; son usage se retient, sans une écriture par demande. */
  findByJeton(empreinte: string): Promise<Compte | null>;
  /** Crée le compte, son jeton et son entrée d'audit en une transaction. @param acteur la console, sauf mention. */
  create(compte: Compte, jeton: StoredJeton, acteur?: Actor): Promise<void>;
  /**
   * Donne un jeton de plus à ce compte et borne la vie des autres, avec l'entrée d'audit, en une transaction.
   * @returns `false` : compte inconnu ou révoqué.
   */
  renew(jeton: StoredJeton, othersEndAt: Instant, acteur?: Actor): Promise<boolean>;
  /** Révoque tous les jetons du compte, et l'inscrit au journal. `false` : compte inconnu. */
  revoke(id: CompteId, at: Instant, acteur?: Actor): Promise<boolean>;
  /** Révoque les comptes de ce nom, et les inscrit au journal ; rend leur nombre. */
  revokeByNom(nom: string, at: Instant, acteur?: Actor): Promise<number>;
  list(): Promise<readonly CompteView[]>;
}
