import type { AlerteGenre, AlerteSujet, Gravite } from './alerte';
import type { Instant } from '@teletransmission/kernel';

/** Une alerte telle qu'elle se montre. */
export interface AlerteView {
  readonly id: string;
  readonly genre: AlerteGenre;
  readonly gravite: Gravite;
  readonly sujet: AlerteSujet;
  readonly sujetId: string;
  readonly deliberationId: string | null;
  readonly identifiantActe: string | null;
  readonly objet: string | null;
  readonly collectivite: { readonly siren: string; readonly nom: string } | null;
  readonly depuis: Instant;
  readonly ouverteLe: Instant;
  readonly detail: string;
}
