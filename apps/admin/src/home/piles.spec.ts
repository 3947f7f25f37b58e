import { civilDate } from '@teletransmission/kernel';
import type { StateCount } from '@teletransmission/teletransmission';
import { at } from '../../test/views';
import { pilesOf } from './piles';

const count = (over: Partial<StateCount> & Pick<StateCount, 'state'>): StateCount => ({
  count: 1,
  oldestSince: at('2026-11-20T08:00:00Z'),
  overdue: 0,
  oldestOverdueSince: null,
  unpublished: 0,
  oldestUnpublishedSince: null,
  ...over,
});

const NONE = { count: 0, echeance: null };

describe('les piles de l’accueil', () => {
  it('sont sept, dans l’ordre, et chacune mène à ce qu’elle compte', () => {
    expect(pilesOf([], [], NONE).map(({ titre, count: waiting, href }) => [titre, waiting, href])).toEqual([
      ['Retenues', 0, '/deliberations?etat=held'],
      ['Incertaines', 0, '/deliberations?etat=uncertain'],
      ['AR en retard', 0, '/deliberations?etat=awaiting-ack&retard=oui'],
      ['Anomalies à corriger', 0, '/deliberations?etat=rejected'],
      ['Accusées mais non publiées', 0, '/deliberations?etat=acknowledged&publication=a-faire'],
      ['Courriers à répondre', 0, '/courriers?etat=received'],
      ['Retours non rattachés', 0, '/retours'],
    ]);
  });

  it('ne compte des attentes d’AR que celles en retard, avec l’âge de la plus ancienne en retard', () => {
    const waiting = count({
      state: 'awaiting-ack',
      count: 40,
      overdue: 2,
      oldestSince: at('2026-11-01T08:00:00Z'),
      oldestOverdueSince: at('2026-11-15T08:00:00Z'),
    });
    expect(pilesOf([waiting], [], NONE)[2]).toMatchObject({ count: 2, oldest: at('2026-11-15T08:00:00Z') });
  });

  it('ne compte des acquittées que celles qui restent à publier', () => {
    const acknowledged = count({
      state: 'acknowledged',
      count: 900,
      unpublished: 3,
      oldestUnpublishedSince: at('2026-11-18T08:00:00Z'),
    });
    expect(pilesOf([acknowledged], [], NONE)[4]).toMatchObject({
      count: 3,
      oldest: at('2026-11-18T08:00:00Z'),
    });
  });

  it('réunit dans le bac ce qui attend une personne, et laisse ce qui va être lu', () => {
    const [, , , , , , tray] = pilesOf(
      [],
      [
        { state: 'received', count: 9, oldestRecuLe: at('2026-11-01T08:00:00Z') },
        { state: 'unmatched', count: 2, oldestRecuLe: at('2026-11-22T08:00:00Z') },
        { state: 'unreadable', count: 1, oldestRecuLe: at('2026-11-21T08:00:00Z') },
        { state: 'contradictory', count: 1, oldestRecuLe: at('2026-11-23T08:00:00Z') },
      ],
      NONE,
    );
    expect(tray).toMatchObject({ count: 4, oldest: at('2026-11-21T08:00:00Z') });
  });

  it('n’a pas de bac pour un compte qui ne le voit pas', () => {
    expect(pilesOf([count({ state: 'held' })], null, NONE).map(({ href }) => href)).not.toContain('/retours');
  });

  it('compte les lettres à répondre, avec leur plus proche échéance, et se tait pour qui ne les lit pas', () => {
    const piles = pilesOf([], [], { count: 3, echeance: civilDate('2027-01-03') });
    expect(piles[5]).toMatchObject({ count: 3, echeance: '2027-01-03' });
    expect(pilesOf([], [], null).map(({ href }) => href)).not.toContain('/courriers?etat=received');
  });
});
