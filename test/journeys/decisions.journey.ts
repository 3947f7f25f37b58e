import { playJourneys } from './runner/play-journeys';
import type { Step } from './runner/journey';
import {
  ACKNOWLEDGE,
  DEFERRED,
  DEPOSIT,
  HELD,
  OPENED,
  RESUBMITTED,
  SEALED,
  SENT,
  WITHDRAWN,
} from './runner/usual-steps';

const UNAVAILABLE: Step = {
  actor: 'préfecture',
  does: 'La préfecture est indisponible.',
  act: (scene) => scene.instruct({ scenario: 'erreur-avant' }),
};

const WAITING: Step = {
  actor: 'service',
  does: 'L’envoi, que la préfecture n’a pas pris, attend son tour.',
  then: [SEALED, OPENED, DEFERRED],
};

/** Ce que les personnes décident d'un acte qui n'est pas encore à la préfecture. */
export const humanDecisions = playJourneys({
  // Assez long pour que la personne décide avant le tour suivant.
  settings: { RENVOI_DELAI_MS: '120000' },
  journeys: [
    {
      title: 'Retenue, puis remise en file',
      prose:
        'L’opérateur retient un acte avant qu’il parte, puis le remet en file : une enveloppe neuve part, et l’envoi qui attendait ne part jamais.',
      numeroInterne: 'RETENUE-1',
      steps: [
        UNAVAILABLE,
        DEPOSIT,
        WAITING,
        {
          actor: 'opérateur',
          does: 'L’opérateur retient l’acte, avec son motif.',
          act: (scene) => scene.decide('retenue'),
          then: [HELD],
        },
        {
          actor: 'opérateur',
          does: 'La préfecture revenue, l’opérateur remet l’acte en file.',
          act: async (scene) => {
            await scene.forgetInstruction();
            await scene.decide('reprise');
          },
          then: [RESUBMITTED, ...SENT],
        },
        {
          ...ACKNOWLEDGE,
          checks: {
            'la préfecture n’a qu’une archive': async (scene) => {
              expect(await scene.archivesAtPrefecture()).toHaveLength(1);
            },
          },
        },
      ],
    },
    {
      title: 'Retirée, puis déposée de nouveau',
      prose:
        'La commune retire un acte que la préfecture n’a pas ; le même acte peut alors être déposé de nouveau.',
      numeroInterne: 'RETRAIT-1',
      steps: [
        UNAVAILABLE,
        DEPOSIT,
        WAITING,
        {
          actor: 'commune',
          does: 'La commune retire l’acte, avec son motif.',
          act: (scene) => scene.decide('retrait'),
          then: [WITHDRAWN],
          checks: {
            'la préfecture n’a jamais rien eu': async (scene) => {
              expect(await scene.archivesAtPrefecture()).toEqual([]);
            },
            'déposé de nouveau, il est acquitté': async (scene) => {
              await scene.forgetInstruction();
              await scene.depositCompanion(scene.numeroInterne);
              await scene.reaches('acknowledged', scene.companions[0]);
            },
          },
        },
      ],
    },
  ],
});
