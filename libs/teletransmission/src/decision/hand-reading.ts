import type { LectureXml } from '@teletransmission/actes';
import { FLUX } from '@teletransmission/actes';
import type { FluxTransmis } from '../transmission/transmission';
import type { ContenuLu } from './decision';

/** Lu par une personne : rien de ce qu'un fichier aurait dit de lui-même. */
const BY_HAND = { racine: '', encodage: '', ecarts: [] } as const;

/** Le flux de l'accusé qui clôt ce message ; `null` : la préfecture n'en rend aucun. */
export function accuseFluxOf(flux: FluxTransmis): '1-2' | '3-5' | '4-5' | '6-2' | null {
  const closing = FLUX[flux].closPar.find((one) => ['1-2', '3-5', '4-5', '6-2'].includes(one));
  return (closing as '1-2' | '3-5' | '4-5' | '6-2' | undefined) ?? null;
}

/**
 * Ce qu'une personne a lu, sous la forme que la lecture aurait rendue : la suite ne fait pas de différence. @returns `null` quand un tel
 * message ne répond pas à cet envoi, ou n'en change pas l'état.
 */
export function lectureOf(contenu: ContenuLu, flux: FluxTransmis): LectureXml | null {
  if (contenu.nature === 'anomalie') {
    const { code: nature, detail } = contenu;
    return flux === '1-1'
      ? { ...BY_HAND, type: '1-3', message: { flux: '1-3', nature, detail } }
      : { ...BY_HAND, type: 'anomalie-enveloppe', message: { nature, detail } };
  }
  if (contenu.nature !== 'accuse' && contenu.nature !== 'accuse-annulation') return null;
  const { dateReception } = contenu;
  const type = accuseFluxOf(flux);
  switch (type) {
    case null:
      return null;
    case '1-2':
      return { ...BY_HAND, type, message: { flux: type, dateReception } };
    case '6-2':
      return { ...BY_HAND, type, message: { flux: type, dateReception } };
    case '3-5':
      return { ...BY_HAND, type, message: { flux: type, dateReception, infosCourrierPref: {} } };
    case '4-5':
      return { ...BY_HAND, type, message: { flux: type, dateReception, infosCourrierPref: {} } };
  }
}
