import { SystemClock } from '@teletransmission/observability';
import type { Compte, CompteId, StoredJeton } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import { eventually } from '../../../../../test/services/eventually';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { PgCompteRepository } from './compte.repository';
import { KeptComptes } from './kept-comptes';
import { watchComptes } from './watch-comptes';

const clock = new SystemClock();
let database: FreshDatabase;
let comptes: PgCompteRepository;
let readings: number;
let kept: KeptComptes;

/** Qui n'oublie de lui-même qu'au bout de ce temps : long, seule une notification peut l'avoir fait oublier avant. */
function keeping(keptMs?: number): KeptComptes {
  return new KeptComptes(
    {
      findByJeton: (empreinte) => {
        readings += 1;
        return comptes.findByJeton(empreinte);
      },
    },
    keptMs,
  );
}
const LONG_MS = 3_600_000;

beforeAll(async () => {
  database = await freshDatabase();
  comptes = new PgCompteRepository(database.dataSource);
});
beforeEach(() => {
  readings = 0;
  kept = keeping(LONG_MS);
});
afterAll(() => database.close());

async function opened(): Promise<{ readonly compte: Compte; readonly jeton: StoredJeton }> {
  const compte: Compte = {
    id: v7() as CompteId,
    nom: 'logiciel',
    role: 'administrateur',
    collectiviteId: null,
  };
  const jeton = {
    compteId: compte.id,
    empreinte: v7().replaceAll('-', '').padEnd(64, 'a'),
    creeLe: clock.now(),
  };
  await comptes.create(compte, jeton);
  return { compte, jeton };
}

const isListening = async (): Promise<boolean> => {
  const rows: unknown[] = await database.dataSource.query(
    `SELECT 1 FROM pg_stat_activity WHERE application_name = 'comptes' AND datname = current_database() AND query = 'LISTEN comptes'`,
  );
  return rows.length > 0;
};

describe('un compte reconnu', () => {
  it('ne se relit pas à chaque demande', async () => {
    const { compte, jeton } = await opened();
    expect(await kept.findByJeton(jeton.empreinte)).toEqual(compte);
    expect(await kept.findByJeton(jeton.empreinte)).toEqual(compte);
    expect(readings).toBe(1);
  });

  it('inconnu, se demande à chaque fois : ouvert entre-temps, il entre', async () => {
    expect(await kept.findByJeton('b'.repeat(64))).toBeNull();
    expect(await kept.findByJeton('b'.repeat(64))).toBeNull();
    expect(readings).toBe(2);
  });

  it('révoqué, s’oublie à la notification', async () => {
    const { compte, jeton } = await opened();
    const stop = watchComptes(database.url, kept);
    await eventually('l’écoute est ouverte', isListening);
    const forgotten = new Promise<void>((resolve) => {
      const forget = kept.forget.bind(kept);
      kept.forget = () => {
        forget();
        resolve();
      };
    });
    expect(await kept.findByJeton(jeton.empreinte)).toEqual(compte);
    await comptes.revoke(compte.id, clock.now());
    await forgotten;
    expect(await kept.findByJeton(jeton.empreinte)).toBeNull();
    await stop();
  });

  it('révoqué quand personne n’écoute, ne vaut plus une seconde plus tard', async () => {
    kept = keeping();
    const { compte, jeton } = await opened();
    expect(await kept.findByJeton(jeton.empreinte)).toEqual(compte);
    await comptes.revoke(compte.id, clock.now());
    await eventually('le jeton est refusé', async () => (await kept.findByJeton(jeton.empreinte)) === null);
  });

  it('révoqué pendant qu’on le lit, n’est pas gardé', async () => {
    const { compte, jeton } = await opened();
    const racing = new KeptComptes({
      findByJeton: async (empreinte) => {
        readings += 1;
        const found = await comptes.findByJeton(empreinte);
        if (found) await comptes.revoke(compte.id, clock.now());
        racing.forget();
        return found;
      },
    });
    expect(await racing.findByJeton(jeton.empreinte)).toEqual(compte);
    expect(await racing.findByJeton(jeton.empreinte)).toBeNull();
  });
});
