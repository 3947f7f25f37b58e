import { MOYEN_LABELS } from '../publication/labels.fr';
import type { Faits } from './faits';

const SITE_MISSING = 'l’adresse du site de la collectivité n’est pas réglée';

/** Où en est la publication, en une phrase ; ce qui ne se publie pas de soi-même le dit. */
export function publicationPhrase({ transmission, publication, corrigeePar }: Faits): string {
  const { state, adresse, declaration, automatique, siteRegle } = publication;
  if (state === 'published') {
    if (declaration !== null)
      return `Publiée ${MOYEN_LABELS[declaration.moyen]}, d’après la déclaration de ${declaration.par}.`;
    return adresse === null ? 'Publiée sans adresse connue.' : 'Publiée sur le site de la collectivité.';
  }
  switch (transmission.state) {
    case 'withdrawn':
      return corrigeePar === null
        ? 'Rien ne se publiera de soi-même : la délibération est retirée.'
        : 'Rien ne se publiera de soi-même : c’est sa correction qui se publie.';
    case 'cancelled':
      return 'Rien ne se publiera de soi-même : la délibération est annulée.';
    case 'cancelling':
      return 'Rien ne se publie de soi-même tant que son annulation est demandée.';
    case 'acknowledged':
      if (!automatique) return 'Il reste à la collectivité à la publier, puis à le déclarer.';
      return siteRegle
        ? 'Elle va se publier d’elle-même, sur le site de la collectivité.'
        : `Elle ne se publie pas d’elle-même : ${SITE_MISSING}. Réglez-la, ou déclarez la publication.`;
    default:
      if (!automatique)
        return 'La collectivité doit la publier, puis le déclarer ; ce peut être avant l’accusé.';
      return siteRegle
        ? 'Elle suivra l’accusé d’elle-même, quand il viendra.'
        : `Elle ne suivra pas l’accusé d’elle-même : ${SITE_MISSING}.`;
  }
}
