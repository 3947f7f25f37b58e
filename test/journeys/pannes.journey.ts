import { playJourneys } from './runner/play-journeys';
import type { Scene } from './runner/scene';
import { ACCEPTED, ACKNOWLEDGE, DEFERRED, DEPOSIT, LOST, OPENED, SEALED } from './runner/usual-steps';

const COMPANIONS = ['REDIS-2', 'REDIS-3', 'REDIS-4', 'REDIS-5'];

async function everyoneIsUnavailable(scene: Scene): Promise<void> {
  for (const numero of ['REDIS-1', ...COMPANIONS]) await scene.instruct({ scenario: 'erreur-avant' }, numero);
}

async function everyoneIsAvailable(scene: Scene): Promise<void> {
  for (const numero of ['REDIS-1', ...COMPANIONS]) await scene.forgetInstruction(numero);
}

/** Ce qui meurt revient : Redis vidé, travailleur tué. La base est la vérité. */
export const outages = playJourneys({
  // Ces pannes ne parlent pas du disjoncteur : il reste fermé.
  settings: {
    DISJONCTEUR_ECHECS: '50',
    RENVOI_DELAI_MS: '4000',
    PREFECTURE_DELAI_MS: '4000',
    BAIL_DUREE_MS: '3000',
  },
  journeys: [
    {
      title: 'Redis perd tout',
      prose:
        'Des actes attendent leur tour quand Redis est vidé. Les files se reconstruisent depuis PostgreSQL, et tous sont acquittés.',
      numeroInterne: 'REDIS-1',
      steps: [
        { actor: 'préfecture', does: 'La préfecture est indisponible.', act: everyoneIsUnavailable },
        {
          ...DEPOSIT,
          does: 'La commune dépose cinq délibérations.',
          act: async (scene) => {
            for (const numero of COMPANIONS) await scene.depositCompanion(numero);
            await scene.deposit();
          },
        },
        {
          actor: 'service',
          does: 'La préfecture n’a rien pris : chaque acte attend son tour dans une file.',
          then: [SEALED, OPENED, DEFERRED],
        },
        {
          actor: 'exploitant',
          does: 'Redis est vidé ; la préfecture revient.',
          act: async (scene) => {
            await everyoneIsAvailable(scene);
            await scene.stage.flushRedis();
          },
          then: [OPENED, ACCEPTED],
        },
        {
          ...ACKNOWLEDGE,
          checks: {
            'les cinq sont acquittées': async (scene) => {
              for (const id of scene.companions) await scene.reaches('acknowledged', id);
            },
            'chacune est à la préfecture une fois': async (scene) => {
              for (const id of [scene.id, ...scene.companions]) {
                expect(await scene.archivesAtPrefecture(id)).toHaveLength(1);
              }
            },
          },
        },
      ],
    },
    {
      title: 'Le travailleur tué pendant un envoi',
      prose:
        'Le travailleur meurt d’un coup alors qu’un envoi est ouvert. À son retour, l’envoi est incertain, jamais « à renvoyer » ; la préfecture tranche, et n’a qu’une archive.',
      numeroInterne: 'TUE-1',
      steps: [
        {
          actor: 'exploitant',
          does: 'La préfecture se fige.',
          act: (scene) => scene.stage.signal('prefecture-simulator', 'SIGSTOP'),
        },
        DEPOSIT,
        { actor: 'service', does: 'Le service ouvre un envoi et attend la réponse.', then: [SEALED, OPENED] },
        {
          actor: 'exploitant',
          does: 'Le travailleur est tué net, puis relancé.',
          act: async (scene) => {
            await scene.stage.signal('worker', 'SIGKILL');
            await scene.stage.launch('worker');
          },
          then: [LOST],
        },
        {
          ...ACKNOWLEDGE,
          does: 'La préfecture reprend ; l’envoi se tranche, et l’accusé arrive.',
          act: (scene) => scene.stage.signal('prefecture-simulator', 'SIGCONT'),
          // L'archive était peut-être déjà dans ses tampons : elle est retrouvée, ou absente et renvoyée, ou déjà accusée.
          maybe: ['found-at-prefecture', 'proven-absent', 'envoi-opened', 'envoi-accepted', 'envoi-lost'],
          checks: {
            'la préfecture n’a qu’une archive': async (scene) => {
              expect(await scene.archivesAtPrefecture()).toHaveLength(1);
            },
          },
        },
      ],
    },
  ],
});
