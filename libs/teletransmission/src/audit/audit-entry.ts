import type { Instant } from '@teletransmission/kernel';
import type { CollectiviteId, CompteId, DeliberationId } from '../ids';

/**
 * Qui a fait. La préfecture et l'horloge agissent aussi ; `service` est ce que nous faisons de nous-mêmes, et `console` une personne qui
 * a la main sur la machine, sans compte qui la nomme.
 */
export type Actor =
  | { readonly kind: 'compte'; readonly id: CompteId; readonly nom: string }
  | { readonly kind: 'service' }
  | { readonly kind: 'prefecture' }
  | { readonly kind: 'horloge' }
  | { readonly kind: 'console' };

/** Ce qui prouve : empreintes, noms d'archive, dates lues. Des scalaires seulement, jamais un contenu ni un nom de personne. */
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

export type AuditSubject =
  | 'transmission'
  | 'publication'
  | 'retour'
  | 'correspondance'
  | 'compte'
  | 'collectivite'
  | 'prefecture'
  | 'liaison'
  | 'document'
  | 'restauration';

/**
 * Une ligne du journal d'audit : qui, quand, quoi, pourquoi, sur quelle preuve. On n'y touche plus ;
 * la base l'enchaîne à la précédente de la même collectivité par son empreinte.
 */
export interface AuditEntry {
  readonly collectiviteId: CollectiviteId | null;
  readonly deliberationId: DeliberationId | null;
  readonly sujet: AuditSubject;
  readonly sujetId: string;
  readonly evenement: string;
  readonly etatAvant: string | null;
  readonly etatApres: string | null;
  readonly instant: Instant;
  readonly acteur: Actor;
  readonly motif: string | null;
  readonly preuve: Evidence;
}
