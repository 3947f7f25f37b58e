import { pdfChunks } from '@teletransmission/testkit';
import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { playJourneys } from './runner/play-journeys';
import type { Scene } from './runner/scene';
import { ACKNOWLEDGE, DEPOSIT, SEND } from './runner/usual-steps';

/** Juste sous les 150 Mio de l'archive, une fois le reste compté. */
const ANNEXE_BYTES = 157_000_000;
const MEMORY_MAX_BYTES = 300_000_000;

async function depositHeavy(scene: Scene): Promise<void> {
  const file = scene.stage.placeFor('annexe.pdf');
  await writeFile(file, pdfChunks({ texte: 'annexe', pages: 40, octets: ANNEXE_BYTES }));
  await scene.deposit({ annexe: await openAsBlob(file) });
}

/** Une annexe au plus lourd : elle passe en flux, la mémoire ne croît pas avec elle. */
export const heavyAnnexe = playJourneys({
  settings: {},
  journeys: [
    {
      title: 'Une annexe de 150 Mo',
      prose:
        'Une annexe au plus lourd que la norme admette traverse l’API, le travailleur et la préfecture en flux : aucun ne tient 300 Mo de mémoire.',
      numeroInterne: 'LOURD-1',
      steps: [
        {
          ...DEPOSIT,
          does: 'La commune dépose une délibération avec une annexe de 157 Mo.',
          act: depositHeavy,
        },
        SEND,
        {
          ...ACKNOWLEDGE,
          checks: {
            'l’API et le travailleur sont restés sous 300 Mo': (scene) => {
              for (const name of ['api', 'worker'] as const) {
                expect(scene.stage.peakMemoryOf(name) ?? 0).toBeLessThan(MEMORY_MAX_BYTES);
              }
              return Promise.resolve();
            },
            'l’archive est partie entière': async (scene) => {
              expect((await scene.view()).archive?.tailleOctets).toBeGreaterThan(ANNEXE_BYTES);
            },
          },
        },
      ],
    },
  ],
});
