import type { Instant } from '@teletransmission/kernel';
import type { VNode } from 'preact';

/** Un instant à l'heure de Paris, `24/11/2026 10:00`, lisible aussi par les machines. */
export function WhenOf({ instant }: { readonly instant: Instant }): VNode {
  const texte = new Date(instant).toLocaleString('fr-FR', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return <time datetime={instant}>{texte}</time>;
}
