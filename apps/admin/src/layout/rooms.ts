import type { Action, Compte } from '@teletransmission/teletransmission';
import { authorize } from '@teletransmission/teletransmission';

export type RoomKey =
  'accueil' | 'alertes' | 'deliberations' | 'courriers' | 'retours' | 'prefectures' | 'files';

export interface Room {
  readonly key: RoomKey;
  readonly titre: string;
  readonly href: string;
}

interface GuardedRoom extends Room {
  readonly action: Action;
  /** Ce qui n'appartient à aucune collectivité ne se montre qu'aux comptes de toute la plateforme. */
  readonly isPlatformWide: boolean;
}

const ROOMS: readonly GuardedRoom[] = [
  { key: 'accueil', titre: 'Accueil', href: '/', action: 'ouvrir-bureau', isPlatformWide: false },
  { key: 'alertes', titre: 'Alertes', href: '/alertes', action: 'lire-alertes', isPlatformWide: false },
  {
    key: 'deliberations',
    titre: 'Délibérations',
    href: '/deliberations',
    action: 'suivre-deliberation',
    isPlatformWide: false,
  },
  {
    key: 'courriers',
    titre: 'Courriers',
    href: '/courriers',
    action: 'lire-courriers',
    isPlatformWide: false,
  },
  { key: 'retours', titre: 'Retours', href: '/retours', action: 'lire-historique', isPlatformWide: true },
  {
    key: 'prefectures',
    titre: 'Préfectures',
    href: '/prefectures',
    action: 'voir-prefectures',
    isPlatformWide: true,
  },
  { key: 'files', titre: 'Files', href: '/files', action: 'voir-files', isPlatformWide: true },
];

/** Les salles que ce compte voit, dans l'ordre du bandeau. */
export function roomsOf(compte: Compte): readonly Room[] {
  return ROOMS.filter(
    ({ action, isPlatformWide }) =>
      authorize(compte, action, isPlatformWide ? null : compte.collectiviteId).ok,
  );
}

/** Vrai si ce compte voit cette salle. */
export function canEnter(compte: Compte, key: RoomKey): boolean {
  return roomsOf(compte).some((room) => room.key === key);
}
