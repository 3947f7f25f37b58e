import { playJourneys } from './runner/play-journeys';
import type { Scene } from './runner/scene';
import { ACKNOWLEDGE, DEPOSIT, OVERDUE, SEND } from './runner/usual-steps';

const isOverdue =
  (attendu: boolean) =>
  async (scene: Scene): Promise<void> => {
    expect((await scene.view()).transmission.enRetard).toBe(attendu);
  };

/** La préfecture tarde ou se tait : l'échéance le signale, une fois. */
export const lateAnswers = playJourneys({
  settings: { AR_DELAI_MS: '1500' },
  journeys: [
    {
      title: 'Le silence de la préfecture',
      prose:
        'La préfecture prend l’acte et n’accuse jamais. L’échéance passée, l’acte est signalé en retard, une fois.',
      numeroInterne: 'SILENCE-1',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour se taire.',
          act: (scene) => scene.instruct({ scenario: 'silence' }),
        },
        DEPOSIT,
        SEND,
        {
          actor: 'service',
          does: 'L’échéance passe : l’accusé est en retard.',
          then: [OVERDUE],
          checks: { 'l’acte est marqué en retard': isOverdue(true) },
        },
      ],
    },
    {
      title: 'Un accusé en retard',
      prose: 'L’accusé arrive après l’échéance : le retard, signalé, s’efface.',
      numeroInterne: 'RETARD-1',
      steps: [
        {
          actor: 'préfecture',
          does: 'La préfecture est réglée pour accuser tard.',
          act: (scene) => scene.instruct({ scenario: 'retard', delaiMs: 5_000 }),
        },
        DEPOSIT,
        SEND,
        { actor: 'service', does: 'L’échéance passe : l’accusé est en retard.', then: [OVERDUE] },
        { ...ACKNOWLEDGE, checks: { 'plus rien n’est en retard': isOverdue(false) } },
      ],
    },
  ],
});
