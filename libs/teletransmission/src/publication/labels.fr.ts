import type { MoyenPublication } from './moyens';
import type { PublicationEvent, PublicationState } from '../vies/publication-transitions';

export const PUBLICATION_STATE_LABELS: Readonly<
  Record<PublicationState, { readonly mot: string; readonly signe: string }>
> = {
  unpublished: { mot: 'Non publiée', signe: '○' },
  published: { mot: 'Publiée', signe: '✓' },
};

/** Comment l'acte est publié, à la suite de « publiée ». */
export const MOYEN_LABELS: Readonly<Record<MoyenPublication, string>> = {
  affichage: 'par affichage',
  site: 'sur un site',
  recueil: 'au recueil des actes',
};

export const PUBLICATION_EVENT_LABELS: Readonly<Record<PublicationEvent, string>> = {
  'publication-declared': 'Publication déclarée',
  'published-automatically': 'Publiée dès l’accusé de réception',
};
