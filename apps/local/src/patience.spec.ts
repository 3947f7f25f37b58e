import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { patienceIn, waitUntilReady } from './patience';
import type { Awaited, Patience } from './patience';

const SECOND = 1_000;

describe('Attendre un processus qui démarre', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-patience-'));
  const journal = path.join(folder, 'worker.log');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Une machine où le temps n'avance que quand on attend, d'une seconde à la fois. */
  function machine(life: { readonly readyAt?: number; readonly deadAt?: number }): {
    readonly awaited: Awaited;
    readonly patience: Partial<Patience>;
    readonly said: string[];
    readonly now: () => number;
  } {
    let nowMs = 7_000_000;
    const startedAt = nowMs;
    const elapsed = (): number => (nowMs - startedAt) / SECOND;
    const said: string[] = [];
    return {
      said,
      now: elapsed,
      awaited: {
        title: 'Le travailleur',
        journal,
        failureCode: 'local/application-not-started',
        missing: () =>
          Promise.resolve(elapsed() >= (life.readyAt ?? Infinity) ? null : 'http://127.0.0.1:3002 se tait'),
        death: () =>
          Promise.resolve(
            elapsed() >= (life.deadAt ?? Infinity) ? "s'est arrêté au démarrage (code 3)" : null,
          ),
      },
      patience: {
        clock: () => nowMs,
        say: (line) => said.push(line),
        pause: (signal) => {
          signal?.throwIfAborted();
          nowMs += SECOND;
          return Promise.resolve();
        },
      },
    };
  }

  it('prêt d’emblée, ne dit rien et n’attend pas', async () => {
    const { awaited, patience, said, now } = machine({ readyAt: 0 });
    await waitUntilReady(awaited, patience);
    expect({ said, now: now() }).toEqual({ said: [], now: 0 });
  });

  it.each([31, 120, 299])('attend celui qui met %d secondes, tant qu’il vit', async (readyAt) => {
    const { awaited, patience, now } = machine({ readyAt });
    await waitUntilReady(awaited, patience);
    expect(now()).toBe(readyAt);
  });

  it('dit toutes les quinze secondes ce qu’il attend, depuis quand, et où est le journal', async () => {
    const { awaited, patience, said } = machine({ readyAt: 61 });
    await waitUntilReady(awaited, patience);
    expect(said).toHaveLength(4);
    expect(said[0]).toBe(
      "Le travailleur se prépare depuis 15 secondes (http://127.0.0.1:3002 se tait). J'attends, jusqu'à 5 minutes ; " +
        `son journal : ${journal}`,
    );
    expect(said[3]).toContain('depuis 60 secondes');
  });

  it('à bout au bout de cinq minutes, nomme le journal et en montre les dernières lignes', async () => {
    writeFileSync(journal, 'Je démarre\nJe lis la configuration\n');
    const { awaited, patience, now } = machine({});
    await expect(waitUntilReady(awaited, patience)).rejects.toMatchObject({
      code: 'local/application-not-started',
      message:
        "Le travailleur n'est pas prêt après 5 minutes (http://127.0.0.1:3002 se tait).\n" +
        `Fin de ${journal} :\n  | Je démarre\n  | Je lis la configuration`,
    });
    expect(now()).toBe(301);
  });

  it('nomme le journal même vide', async () => {
    writeFileSync(journal, '');
    const { awaited, patience } = machine({});
    await expect(waitUntilReady(awaited, patience)).rejects.toThrow(`Son journal est vide : ${journal}`);
  });

  it('n’attend pas un mort : il le dit à l’instant où il le voit', async () => {
    const { awaited, patience, now } = machine({ deadAt: 40 });
    await expect(waitUntilReady(awaited, patience)).rejects.toThrow(/s'est arrêté au démarrage \(code 3\)/);
    expect(now()).toBe(40);
  });

  it('s’interrompt par la raison de qui interrompt', async () => {
    const { awaited, patience } = machine({});
    const reason = new Error('Ctrl-C');
    await expect(waitUntilReady(awaited, patience, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('se règle par l’environnement, et refuse toutes les fautes à la fois', () => {
    expect(patienceIn({})).toEqual({});
    expect(patienceIn({ DEMARRAGE_ATTENTE_MS: '600000', DEMARRAGE_NOUVELLES_MS: '' })).toEqual({
      giveUpAfterMs: 600_000,
    });
    expect(() => patienceIn({ DEMARRAGE_ATTENTE_MS: '5 min', DEMARRAGE_NOUVELLES_MS: '0' })).toThrow(
      'DEMARRAGE_ATTENTE_MS (« 5 min »), DEMARRAGE_NOUVELLES_MS (« 0 »)',
    );
  });
});
