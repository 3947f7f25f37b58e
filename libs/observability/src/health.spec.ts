import type { Dependency } from './health';
import { checkHealth } from './health';

const well = (nom: string): Dependency => ({ nom, check: () => Promise.resolve() });
const ill = (nom: string, check: () => Promise<void>): Dependency => ({ nom, check });

describe('la santé', () => {
  it('est bonne quand toutes les dépendances répondent', async () => {
    expect(await checkHealth([well('postgresql'), well('files')])).toEqual({
      etat: 'ok',
      dependances: { postgresql: 'ok', files: 'ok' },
    });
    expect(await checkHealth([])).toEqual({ etat: 'ok', dependances: {} });
  });

  it('nomme tout ce qui manque, et ne dit rien de l’erreur', async () => {
    const report = await checkHealth([
      well('postgresql'),
      ill('files', () => Promise.reject(new Error('mot de passe'))),
      ill('disque', () => {
        throw new Error('synchrone');
      }),
    ]);
    expect(report).toEqual({
      etat: 'en-panne',
      dependances: { postgresql: 'ok', files: 'en-panne', disque: 'en-panne' },
    });
  });

  it('n’attend pas une dépendance muette, ni l’une après l’autre', async () => {
    jest.useFakeTimers();
    const silent = (): Promise<void> => new Promise(() => undefined);
    const report = checkHealth([ill('files', silent), ill('postgresql', silent), well('disque')]);
    await jest.advanceTimersByTimeAsync(3_000);
    expect((await report).dependances).toEqual({ files: 'en-panne', postgresql: 'en-panne', disque: 'ok' });
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
