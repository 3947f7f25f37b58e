import type { CivilDate, Instant } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type {
  CourrierCount,
  StateCount,
  TransmissionState,
  TrayCount,
} from '@teletransmission/teletransmission';
import { TRAY_STATES } from '@teletransmission/teletransmission';

/** Une pile de l'accueil : combien attendent une personne, et depuis quand. */
export interface Pile {
  readonly titre: string;
  readonly explication: string;
  readonly count: number;
  readonly oldest: Instant | null;
  /** Le jour le plus proche où il faut avoir fait, quand la loi en compte un ; indicatif. */
  readonly echeance?: CivilDate | null;
  /** Comment se dit celle, ou celui, qui attend depuis le plus longtemps. */
  readonly superlatif: 'la plus ancienne' | 'le plus ancien';
  readonly href: string;
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce<Instant | null>(
    (oldest, instant) => (instant !== null && (oldest === null || instant < oldest) ? instant : oldest),
    null,
  );
}

function statePile(
  counts: readonly StateCount[],
  state: TransmissionState,
  titre: string,
  explication: string,
): Pile {
  const found = counts.find((row) => row.state === state);
  return {
    titre,
    explication,
    count: found?.count ?? 0,
    oldest: found?.oldestSince ?? null,
    superlatif: 'la plus ancienne',
    href: `/deliberations?etat=${state}`,
  };
}

function trayPile(tray: readonly TrayCount[]): Pile {
  const waiting = tray.filter(({ state }) => isOneOf(TRAY_STATES, state));
  return {
    titre: 'Retours non rattachés',
    explication: 'La préfecture a répondu, sans que nous sachions de quel acte elle parle.',
    count: waiting.reduce((sum, { count }) => sum + count, 0),
    oldest: earliest(waiting.map(({ oldestRecuLe }) => oldestRecuLe)),
    superlatif: 'le plus ancien',
    href: '/retours',
  };
}

function courrierPile({ count, echeance }: CourrierCount): Pile {
  return {
    titre: 'Courriers à répondre',
    explication: 'La préfecture demande des pièces ou fait des observations.',
    count,
    oldest: null,
    echeance,
    superlatif: 'la plus ancienne',
    href: '/courriers?etat=received',
  };
}

/**
 * Les piles de l'accueil, de la plus inquiétante à la plus banale. `tray` nul : ce compte ne voit pas le bac, dont les retours
 * n'appartiennent encore à aucune collectivité ; `courriers` nul : il ne lit pas les lettres.
 */
export function pilesOf(
  counts: readonly StateCount[],
  tray: readonly TrayCount[] | null,
  courriers: CourrierCount | null,
): readonly Pile[] {
  const overdue = counts.find((row) => row.state === 'awaiting-ack');
  const acknowledged = counts.find((row) => row.state === 'acknowledged');
  return [
    statePile(counts, 'held', 'Retenues', 'Nous les avons arrêtées : une personne doit décider.'),
    statePile(
      counts,
      'uncertain',
      'Incertaines',
      'La réponse à l’envoi s’est perdue. Rien ne repart avant de savoir.',
    ),
    {
      titre: 'AR en retard',
      explication: 'Remises à la préfecture, qui n’en a pas accusé réception à temps.',
      count: overdue?.overdue ?? 0,
      oldest: overdue?.oldestOverdueSince ?? null,
      superlatif: 'la plus ancienne',
      href: '/deliberations?etat=awaiting-ack&retard=oui',
    },
    statePile(
      counts,
      'rejected',
      'Anomalies à corriger',
      'La préfecture les a refusées : corriger, puis transmettre de nouveau.',
    ),
    {
      titre: 'Accusées mais non publiées',
      explication: 'Reçues par l’État, elles ne sont pas exécutoires tant que personne ne peut les lire.',
      count: acknowledged?.unpublished ?? 0,
      oldest: acknowledged?.oldestUnpublishedSince ?? null,
      superlatif: 'la plus ancienne',
      href: '/deliberations?etat=acknowledged&publication=a-faire',
    },
    ...(courriers === null ? [] : [courrierPile(courriers)]),
    ...(tray === null ? [] : [trayPile(tray)]),
  ];
}
