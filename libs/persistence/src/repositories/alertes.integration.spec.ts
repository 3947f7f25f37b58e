import { addMs } from '@teletransmission/kernel';
import { UuidSource } from '@teletransmission/observability';
import {
  ALERTE_GENRES,
  ALERTE_WATCHES,
  boundsOf,
  GRAVITES,
  RaiseAlertes,
} from '@teletransmission/teletransmission';
import { describeAlerteContract, FakeClock, SEUILS } from '@teletransmission/testkit';
import { v7 } from 'uuid';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { empreinteOf, NOW, TestLedger } from '../../test/test-ledger';
import { AuditChains } from '../audit/audit-chains';
import { MalformedCursor } from '../readings/cursor';
import { PgAlerteReadings } from '../readings/pg-alerte-readings';
import { PgAlerteRepository } from './alerte.repository';
import { PgPouls } from './pouls.repository';
import { PgReleveRepository } from './releve.repository';
import { silenceParameters, silenceSql } from './silence-sql';

/** Une lettre dans cet état. Elle seule est surveillée : l'acte et le retour sont sortis de leur attente. */
async function courrier(
  ledger: TestLedger,
  { dataSource, owner }: FreshDatabase,
  flux: '3-1' | '5-1',
  state: 'received' | 'noted',
  echeance: string | null,
): Promise<string> {
  const { deliberation, transmission } = await ledger.deposit();
  const retour = await ledger.receive();
  const id = v7();
  await owner.query('ALTER TABLE transmissions DISABLE TRIGGER USER');
  await dataSource.query(`UPDATE transmissions SET state = 'withdrawn' WHERE id = $1`, [transmission.id]);
  await dataSource.query(`UPDATE retours SET state = 'applied' WHERE id = $1`, [retour.id]);
  await dataSource.query(
    `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, recue_le, echeance, state, empreinte_message, retour_id)
      VALUES ($1, $2, $3, $4, $5, '2022-11-01', $6, $7, $8, $9, $10)`,
    [
      id,
      ledger.collectivite.id,
      deliberation.id,
      deliberation.identifiantActe,
      flux,
      NOW,
      echeance,
      state,
      empreinteOf(id),
      retour.id,
    ],
  );
  return id;
}

describeAlerteContract('PostgreSQL', NOW, async () => {
  const database = await freshDatabase();
  const ledger = await TestLedger.open(database.dataSource);
  return {
    alertes: new PgAlerteRepository(database.dataSource),
    pouls: new PgPouls(database.dataSource),
    releves: new PgReleveRepository(database.dataSource),
    transmissions: ledger.transmissions,
    deposited: async () => (await ledger.deposit()).transmission,
    receivedRetour: async () => (await ledger.receive()).id,
    waitingCourrier: (echeance) => courrier(ledger, database, '3-1', 'received', echeance),
    defere: async () => {
      const id = await courrier(ledger, database, '5-1', 'noted', null);
      const take = async (): Promise<void> => {
        await database.dataSource.query(`UPDATE correspondances SET state = 'taken' WHERE id = $1`, [id]);
      };
      return { id, take };
    },
    defereAuBac: async () => {
      const { id } = await ledger.receive();
      const settle = async (state: string): Promise<void> => {
        await database.dataSource.query(`UPDATE retours SET state = $2, flux = '5-1' WHERE id = $1`, [
          id,
          state,
        ]);
      };
      await settle('unmatched');
      return { id, setAside: () => settle('set-aside') };
    },
    open: async () => {
      const { items } = await new PgAlerteReadings(database.dataSource).openAlertes(null, null, 100);
      return items.map(({ genre, sujetId }) => `${genre} ${sujetId}`);
    },
    details: async () => {
      const { items } = await new PgAlerteReadings(database.dataSource).openAlertes(null, null, 100);
      return items.map(({ detail }) => detail);
    },
    close: () => database.close(),
  };
});

describe('les alertes en base', () => {
  let database: FreshDatabase;
  let ledger: TestLedger;
  let clock: FakeClock;
  let raise: RaiseAlertes;
  beforeEach(async () => {
    database = await freshDatabase();
    ledger = await TestLedger.open(database.dataSource);
    clock = new FakeClock();
    raise = new RaiseAlertes(
      new PgAlerteRepository(database.dataSource),
      new PgPouls(database.dataSource),
      SEUILS,
      clock,
      new UuidSource(),
    );
  });
  afterEach(() => database.close());

  const at = (ms: number): Promise<unknown> => {
    clock.set(addMs(NOW, ms));
    return raise.execute();
  };

  it('ont les genres et les gravités du domaine, ni plus ni moins', async () => {
    const rows: { genre: keyof typeof GRAVITES; gravite: number }[] = await database.dataSource.query(
      'SELECT genre, gravite FROM genres_alerte',
    );
    expect(rows.map(({ genre }) => genre).sort()).toEqual([...ALERTE_GENRES].sort());
    for (const { genre, gravite } of rows) expect([genre, gravite]).toEqual([genre, GRAVITES[genre]]);
  });

  it('d’un acte s’inscrivent à son historique, ouverture et fermeture, sans rompre la chaîne', async () => {
    const { deliberation, transmission } = await ledger.transmitted();
    // L'échéance du livre d'essai est à une seconde.
    await at(2_000);
    const { items } = await ledger.readings.historyOf(deliberation.id, null, 50);
    expect(items.at(-1)).toMatchObject({
      evenement: 'alerte-opened',
      acteur: 'horloge',
      sujetId: transmission.id,
      preuve: { alerte: 'accuse-en-retard', depuis: addMs(NOW, 1_000) },
    });
    await ledger.acknowledge(transmission, '2022-11-03' as never);
    await at(3_000);
    const after = await ledger.readings.historyOf(deliberation.id, null, 50);
    expect(after.items.map(({ evenement }) => evenement).slice(-3)).toEqual([
      'alerte-opened',
      'ar-received',
      'alerte-closed',
    ]);
    expect((await new AuditChains(database.dataSource).verify()).faults).toEqual([]);
  });

  it('passent de l’accusé lent à l’accusé en retard, jamais les deux', async () => {
    const { transmission } = await ledger.transmitted();
    await database.owner.query('ALTER TABLE transmissions DISABLE TRIGGER USER');
    await database.dataSource.query('UPDATE transmissions SET ack_due_at = $1', [addMs(NOW, 86_400_000)]);
    const readings = new PgAlerteReadings(database.dataSource);
    const genres = async (): Promise<readonly string[]> =>
      (await readings.openAlertes(null, null, 10)).items.map(({ genre }) => genre);
    await at(4 * 3_600_000 - 1);
    expect(await genres()).toEqual([]);
    await at(4 * 3_600_000);
    expect(await genres()).toEqual(['accuse-lent']);
    await at(86_400_000);
    expect(await genres()).toEqual(['accuse-en-retard']);
    expect((await readings.openAlertes(ledger.collectivite.id, null, 10)).items[0]?.sujetId).toBe(
      transmission.id,
    );
  });

  it('signalent un envoi dont le bail est échu, et un envoi incertain à son heure', async () => {
    const { transmission } = await ledger.deposit();
    const sending = await ledger.send(await ledger.seal(transmission, '2022-11-02' as never));
    const genres = async (): Promise<readonly string[]> =>
      (await new PgAlerteReadings(database.dataSource).openAlertes(null, null, 10)).items.map(
        ({ genre }) => genre,
      );
    await at(119_999);
    expect(await genres()).toEqual([]);
    await at(120_000);
    expect(await genres()).toEqual(['envoi-interrompu']);
    await ledger.happen(sending, {
      event: 'envoi-lost',
      at: addMs(NOW, 130_000),
      effects: [{ kind: 'close-envoi', outcome: 'lost', code: 'essai', detail: null }],
    });
    await at(140_000);
    expect(await genres()).toEqual([]);
    await at(130_000 + 3_600_000);
    expect(await genres()).toEqual(['envoi-incertain']);
  });

  it('se lisent par pages, les plus graves d’abord, bornées à la collectivité', async () => {
    for (let n = 0; n < 5; n += 1) await ledger.deposit();
    await ledger.receive();
    await at(86_400_000);
    const readings = new PgAlerteReadings(database.dataSource);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof readings.openAlertes>> = await readings.openAlertes(
        null,
        after,
        2,
      );
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(6);
    expect((await readings.openAlertes(ledger.collectivite.id, null, 10)).items).toHaveLength(5);
    expect(await readings.openCounts(null)).toEqual([
      { genre: 'mise-sous-enveloppe-en-attente', count: 5, depuis: NOW },
      { genre: 'retour-non-applique', count: 1, depuis: NOW },
    ]);
    await expect(readings.openAlertes(null, 'faux', 10)).rejects.toThrow(MalformedCursor);
    await expect(readings.openAlertes(null, 'WzEsImhpZXIiLCJ4Il0', 10)).rejects.toThrow(MalformedCursor);
  });

  it('trouvent le seul acte muet parmi dix mille, par l’index, et le signalent une fois', async () => {
    const { deliberation } = await ledger.deposit();
    await database.dataSource.query(
      `INSERT INTO transmissions (id, deliberation_id, collectivite_id, identifiant_acte, flux, state, since, version, cycle, turn, date_reception)
        SELECT gen_random_uuid(), $1, $2, 'acte-' || n, '1-1', CASE WHEN n % 2 = 0 THEN 'acknowledged' ELSE 'queued' END,
          $3::timestamptz + make_interval(secs => n), 1, 1, 0, '2022-11-03' FROM generate_series(1, 10000) n`,
      [deliberation.id, ledger.collectivite.id, addMs(NOW, 86_400_000)],
    );
    await database.owner.query('ANALYZE transmissions');
    const [watch] = ALERTE_WATCHES;
    if (!watch) throw new Error('aucune surveillance');
    const { from, rang, condition } = silenceSql(watch);
    const soon = addMs(NOW, 3_600_000);
    const plan: { 'QUERY PLAN': string }[] = await database.dataSource.query(
      `EXPLAIN SELECT t.id FROM ${from} WHERE ${condition}
        AND NOT EXISTS (SELECT 1 FROM alertes a WHERE a.genre = '${watch.genre}' AND a.sujet_id = t.id::text AND a.fermee_le IS NULL)
        ORDER BY ${rang}, t.id LIMIT 500`,
      [...silenceParameters(boundsOf(watch, SEUILS, soon))],
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Scan using transmissions_\w+ on transmissions/);
    expect(text).not.toContain('Seq Scan on transmissions');
    expect(await at(3_600_000)).toEqual({ opened: 1, closed: 0 });
    expect(await at(3_660_000)).toEqual({ opened: 0, closed: 0 });
  });
});
