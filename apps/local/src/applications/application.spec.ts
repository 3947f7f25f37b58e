import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Patience } from '../patience';
import { launchApplication, waitUntilApplicationReady } from './application';
import type { ApplicationPlan, RunningApplication } from './application';

const MINUTE = 60_000;

describe('Une application qui démarre', () => {
  const journals = mkdtempSync(path.join(os.tmpdir(), 'tlt-application-'));
  const { signal } = new AbortController();
  let launched: RunningApplication | undefined;
  afterEach(async () => {
    await launched?.stop();
  });
  afterAll(() => {
    rmSync(journals, { recursive: true });
  });

  function launch(env: Readonly<Record<string, string>>): RunningApplication {
    const plan: ApplicationPlan = {
      title: 'Le travailleur',
      name: 'worker',
      script: path.join(__dirname, '..', '..', 'stubs', 'application.cjs'),
      args: ['worker', 'WORKER_PORT'],
      env: { STOCKAGE_DOSSIER: journals, WORKER_PORT: '0', ...env },
      // Le port 1 n'est à personne : rien n'y répondra.
      readyUrl: 'http://127.0.0.1:1/health/ready',
    };
    launched = launchApplication(plan, journals);
    return launched;
  }

  /** Une horloge qui avance d'une minute par question, une fois que l'application a écrit `line`. */
  function minutesAfter(line: string): Partial<Patience> {
    let nowMs = 0;
    return {
      clock: () => nowMs,
      pause: async () => {
        if (readFileSync(path.join(journals, 'worker.log'), 'utf8').includes(line)) nowMs += MINUTE;
        await setImmediate();
      },
    };
  }

  it('vivante et muette cinq minutes, est nommée avec son adresse, son journal et ses dernières lignes', async () => {
    const one = launch({ ESSAI_LENTEUR: 'worker' });
    await expect(
      waitUntilApplicationReady(one, journals, signal, minutesAfter('worker se prépare')),
    ).rejects.toThrow(
      "Le travailleur n'est pas prêt après 5 minutes (http://127.0.0.1:1/health/ready ne répond pas).\n" +
        `Fin de ${path.join(journals, 'worker.log')} :\n  | worker se prépare`,
    );
  });

  it('morte, est dite morte avant que la patience s’use', async () => {
    const one = launch({ ESSAI_CHUTE: 'worker' });
    await expect(
      waitUntilApplicationReady(one, journals, signal, minutesAfter('jamais écrit')),
    ).rejects.toThrow(
      /Le travailleur s'est arrêté au démarrage \(code 3\)[^]*\| La configuration est fausse/,
    );
  });
});
