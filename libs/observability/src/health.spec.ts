import type { Instant } from '@teletransmission/kernel';
import type { Dependency } from './health';
import { HealthWatch } from './health';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const LATER = '2022-11-02T09:05:00.000Z' as Instant;
const well = (nom: string): Dependency => ({ nom, check: () => Promise.resolve() });
const ill = (nom: string, check: () => Promise<void>, isEssential = true): Dependency => ({
  nom,
  isEssential,
  check,
});
const refused = (): Promise<void> =>
  Promise.reject(Object.assign(new Error('mot de passe'), { code: 'ECONNREFUSED' }));

function watch(dependencies: readonly Dependency[], now: () => Instant = () => NOW): HealthWatch {
  return new HealthWatch(dependencies, { now });
}

describe('la santé', () => {
  it('est bonne quand toutes les dépendances répondent', async () => {
    expect(await watch([well('postgresql'), well('files')]).report()).toEqual({
      etat: 'ok',
      dependances: { postgresql: 'ok', files: 'ok' },
    });
    expect(await watch([]).report()).toEqual({ etat: 'ok', dependances: {} });
  });

  it('nomme tout ce qui manque, son code et depuis quand, et ne dit rien de l’erreur', async () => {
    let now = NOW;
    const health = watch(
      [
        well('postgresql'),
        ill('files', refused),
        ill('disque', () => {
          throw new Error('synchrone');
        }),
      ],
      () => now,
    );
    await health.report();
    now = LATER;
    expect(await health.report()).toEqual({
      etat: 'en-panne',
      dependances: { postgresql: 'ok', files: 'en-panne', disque: 'en-panne' },
      manques: [
        { nom: 'files', code: 'ECONNREFUSED', cause: 'rien ne répond à cette adresse', depuis: NOW },
        {
          nom: 'disque',
          code: 'health/unreachable',
          cause: 'ne répond pas, sans que la cause soit connue',
          depuis: NOW,
        },
      ],
    });
  });

  it('n’est que dégradée quand ce qui manque n’est pas essentiel, et oublie ce qui est revenu', async () => {
    let [now, isWell] = [NOW, false];
    const health = watch(
      [well('postgresql'), ill('files', () => (isWell ? Promise.resolve() : refused()), false)],
      () => now,
    );
    expect(await health.report()).toMatchObject({ etat: 'degrade', manques: [{ depuis: NOW }] });
    isWell = true;
    expect((await health.report()).etat).toBe('ok');
    [now, isWell] = [LATER, false];
    expect(await health.report()).toMatchObject({ etat: 'degrade', manques: [{ depuis: LATER }] });
  });

  it.each([
    ['READONLY', 'lecture seule'],
    ['OOM', 'plein'],
    ['MISCONF', 'disque'],
    ['WRONGPASS', 'mot de passe'],
    ['NOAUTH', 'mot de passe'],
    ['25006', 'lecture seule'],
    ['28P01', 'mot de passe'],
    ['28000', 'mot de passe'],
    ['42501', 'base migrer'],
    ['53100', 'disque'],
    ['53300', 'connexions'],
    ['57P03', 'démarre'],
    ['ENOSPC', 'plein'],
    ['EROFS', 'lecture seule'],
    ['EACCES', 'droit'],
    ['ETIMEDOUT', 'liaison'],
  ])('dit la cause de %s : « %s »', async (code, words) => {
    const fails = (): Promise<void> =>
      Promise.reject(Object.assign(new Error('mot de passe : secret'), { code }));
    const report = await watch([ill('files', fails)]).report();
    expect(report.manques).toEqual([
      { nom: 'files', code, cause: expect.stringContaining(words) as string, depuis: NOW },
    ]);
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it('dit au journal ce qui se met à manquer, change de cause ou revient : une ligne par changement, non par sonde', async () => {
    const lines: unknown[] = [];
    const note =
      (niveau: string) =>
      (message: string, fields: object = {}): void => {
        lines.push([niveau, message, fields]);
      };
    let code: string | null = null;
    const check = (): Promise<void> =>
      code === null ? Promise.resolve() : Promise.reject(Object.assign(new Error(), { code }));
    const health = new HealthWatch(
      [ill('files', check)],
      { now: () => NOW },
      { log: { warn: note('warn'), info: note('info') } },
    );
    for (const next of [null, 'READONLY', 'READONLY', 'OOM', null, null]) {
      code = next;
      await health.report();
    }
    expect(lines).toEqual([
      ['warn', 'une dépendance manque', { dependance: 'files', code: 'READONLY' }],
      ['warn', 'une dépendance manque', { dependance: 'files', code: 'OOM' }],
      ['info', 'une dépendance est revenue', { dependance: 'files' }],
    ]);
  });

  it('garde sa réponse un instant : mille sondes ne font pas mille écritures', async () => {
    let asked = 0;
    const count = (): Promise<void> => {
      asked += 1;
      return Promise.resolve();
    };
    const health = new HealthWatch([ill('files', count)], { now: () => NOW }, { keptMs: 60_000 });
    await health.report();
    for (let probe = 0; probe < 1_000; probe += 1) await health.report();
    expect(asked).toBe(1);
  });

  it('n’attend pas une dépendance muette, ni l’une après l’autre, et ne la presse pas', async () => {
    jest.useFakeTimers();
    let asked = 0;
    const silent = (): Promise<void> => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const health = watch([ill('files', silent), ill('postgresql', silent), well('disque')]);
    for (let probe = 0; probe < 3; probe += 1) {
      const report = health.report();
      await jest.advanceTimersByTimeAsync(3_000);
      expect(await report).toMatchObject({
        dependances: { files: 'en-panne', postgresql: 'en-panne', disque: 'ok' },
        manques: [{ code: 'health/timeout' }, { code: 'health/timeout' }],
      });
    }
    expect(asked).toBe(2);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
