import type { Instant } from '@teletransmission/kernel';
import { html } from './html';
import type { Html } from './html';

/** Un instant à l'heure de Paris, `24/11/2026 10:00`, lisible aussi par les machines. */
export function whenOf(instant: Instant): Html {
  const texte = new Date(instant).toLocaleString('fr-FR', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return html`<time datetime="${instant}">${texte}</time>`;
}
