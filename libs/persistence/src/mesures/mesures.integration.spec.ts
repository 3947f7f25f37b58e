import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { Mesure, MesureSujet } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import type { FreshDatabase } from '../../test/fresh-database';
import { freshDatabase } from '../../test/fresh-database';
import { empreinteOf, NOW, TestLedger } from '../../test/test-ledger';
import { OPENING_SECONDS } from '../sql/departures-sql';
import { PgPouls } from '../repositories/exploitation/pouls.repository';
import { ONGOING_SQL } from './mesures-sql';
import { PgMesures } from './pg-mesures';

const ALIVE_MS = 120_000;

describe('les mesures de la base', () => {
  let database: FreshDatabase;
  let ledger: TestLedger;
  let mesures: PgMesures;
  beforeEach(async () => {
    database = await freshDatabase();
    ledger = await TestLedger.open(database.dataSource);
    mesures = new PgMesures(database.dataSource, ALIVE_MS);
  });
  afterEach(() => database.close());

  const write = (sql: string, parameters: readonly unknown[] = []): Promise<unknown> =>
    database.owner.query(sql, [...parameters]);
  /** « clé nombre » de chaque mesure d'un sujet, en cours. */
  const ongoing = async (sujet: MesureSujet, at: Instant = NOW): Promise<readonly string[]> =>
    said(await mesures.ongoing(at), sujet);
  const said = (found: readonly Mesure[], sujet: MesureSujet): readonly string[] =>
    found
      .filter((mesure) => mesure.sujet === sujet)
      .map(({ cle, nombre, etat }) =>
        [cle, etat, nombre].filter((part) => part !== '' && part !== null).join(' '),
      )
      .sort();

  it('d’une base vide ne comptent rien, et ne manquent pas', async () => {
    const found = await mesures.ongoing(NOW);
    expect(found.filter(({ nombre, sujet }) => nombre !== 0 && sujet !== 'disjoncteur')).toEqual([]);
    const { mesures: totals, delaisAccuse } = await mesures.totals();
    expect(totals.filter(({ nombre }) => nombre !== 0)).toEqual([]);
    expect(delaisAccuse).toMatchObject({ nombre: 0, sommeSecondes: 0 });
  });

  it('comptent une vie de bout en bout : déposée, en attente, acquittée', async () => {
    await ledger.deposit();
    const { transmission: waiting } = await ledger.transmitted();
    const { transmission } = await ledger.transmitted();
    expect(await ongoing('transmission')).toEqual(['awaiting-ack 2', 'queued 1']);
    expect((await mesures.ongoing(NOW)).find(({ cle }) => cle === 'awaiting-ack')?.depuis).toBe(
      waiting.since,
    );
    await ledger.acknowledge(transmission, '2022-11-02' as never);
    expect(await ongoing('transmission')).toEqual(['awaiting-ack 1', 'queued 1']);
    const { mesures: totals } = await mesures.totals();
    expect(said(totals, 'transmission')).toEqual(['acknowledged 1']);
    expect(said(totals, 'depot')).toEqual(['3']);
    expect(said(totals, 'envoi')).toEqual(['accepted 2']);
    expect(Number((await ongoing('message'))[0])).toBeGreaterThan(0);
  });

  it('comptent l’heure passée de chaque préfecture, et l’état de son disjoncteur', async () => {
    await ledger.transmitted();
    expect(await ongoing('departs-actes')).toEqual(['034 1']);
    expect(await ongoing('departs-octets')).toEqual(['034 12']);
    expect(await ongoing('departs-actes', addMs(NOW, 3_599_999))).toEqual(['034 1']);
    expect(await ongoing('departs-actes', addMs(NOW, 3_600_000))).toEqual([]);
    expect(await ongoing('disjoncteur')).toEqual(['034 closed 1']);
    await write(
      `INSERT INTO disjoncteurs (departement, state, failed, openings, probe_at, waiting, change_le)
        VALUES ('034', 'open', '{}', 1, $1, 0, $1), ('971', 'half-open', '{}', 1, $1, 0, $1)`,
      [NOW],
    );
    await write(
      `INSERT INTO prefectures (departement, fuseau, actes_par_heure, fenetres, interruptions, version)
        VALUES ('034', 'Europe/Paris', 600, '[]', '[]', 1)`,
    );
    expect(await ongoing('disjoncteur')).toEqual(['034 open 1', '971 half-open 1']);
    expect(await ongoing('budget-actes')).toEqual(['034 600']);
    expect(await ongoing('budget-octets')).toEqual([]);
  });

  it('disent le bac, les alertes, le pouls, les documents en cause et la dernière sauvegarde', async () => {
    const retour = await ledger.receive();
    await ledger.receive();
    await write(`UPDATE retours SET state = 'unmatched' WHERE id = $1`, [retour.id]);
    await write(
      `INSERT INTO alertes (id, genre, gravite, sujet, sujet_id, depuis, ouverte_le, fermee_le, detail) VALUES
        (gen_random_uuid(), 'retour-au-bac', 2, 'retour', 'a', $1, $1, NULL, 'x'),
        (gen_random_uuid(), 'retour-au-bac', 2, 'retour', 'b', $1, $1, NULL, 'x'),
        (gen_random_uuid(), 'retour-au-bac', 2, 'retour', 'c', $1, $1, $1, 'x')`,
      [NOW],
    );
    const pouls = new PgPouls(database.dataSource);
    await pouls.succeeded('collect-retours', NOW);
    await pouls.failed('raise-alertes', NOW, 'essai');
    await pouls.seen({ id: v7(), depuis: NOW, vuLe: NOW, version: '1' });
    await write(
      `INSERT INTO constats_documents (empreinte, genre, vu_le, revu_le, resolu_le) VALUES
        ('a', 'altered', $1, $1, NULL), ('b', 'orphan', $1, $1, NULL), ('c', 'missing', $1, $1, $1)`,
      [NOW],
    );
    await write(
      `INSERT INTO sauvegardes (id, image_du, finie_le, dossier, lignes, documents, octets) VALUES
        (gen_random_uuid(), $1, $1, 'x', 1, 1, 1), (gen_random_uuid(), $2, $2, 'x', 1, 1, 1)`,
      [NOW, addMs(NOW, 1_000)],
    );
    expect(await ongoing('retour')).toEqual(['received 1', 'unmatched 1']);
    expect(await ongoing('alerte')).toEqual(['retour-au-bac 2']);
    const found = await mesures.ongoing(NOW);
    expect(found.filter(({ sujet }) => sujet === 'travail-regulier')).toMatchObject([
      { cle: 'collect-retours', depuis: NOW },
      { cle: 'raise-alertes', depuis: NOW },
    ]);
    expect(await ongoing('travailleur', addMs(NOW, ALIVE_MS - 1))).toEqual(['1']);
    expect(await ongoing('travailleur', addMs(NOW, ALIVE_MS))).toEqual(['0']);
    expect(await ongoing('document')).toEqual(['altered 1', 'orphan 1']);
    expect(found.find(({ sujet }) => sujet === 'sauvegarde')).toMatchObject({
      nombre: 2,
      depuis: addMs(NOW, 1_000),
    });
  });

  it('répartissent les délais d’accusé, la borne comprise, et sans compter deux fois un accusé redonné', async () => {
    for (const [secondes, state] of [
      [60, 'applied'],
      [61, 'applied'],
      [90_000, 'applied'],
      [90_001, 'duplicate'],
    ] as const) {
      const { deliberation, transmission } = await ledger.deposit();
      await write('UPDATE deliberations SET deposee_le = $2 WHERE id = $1', [deliberation.id, NOW]);
      const retour = await ledger.receive({
        recuLe: addMs(NOW, secondes * 1_000),
        empreinte: empreinteOf(v7()),
      });
      await write(`UPDATE retours SET state = $2, flux = '1-2', transmission_id = $3 WHERE id = $1`, [
        retour.id,
        state,
        transmission.id,
      ]);
    }
    const { delaisAccuse } = await mesures.totals();
    expect(delaisAccuse).toMatchObject({ nombre: 3, sommeSecondes: 90_121 });
    expect(delaisAccuse.parBorne.map(({ borneSecondes, nombre }) => `${borneSecondes}:${nombre}`)).toEqual([
      '60:1',
      '300:2',
      '900:2',
      '3600:2',
      '14400:2',
      '43200:2',
      '86400:2',
      '172800:3',
      '604800:3',
    ]);
  });

  it('ne parcourent pas les actes finis pour compter ceux qui ne le sont pas', async () => {
    const { deliberation } = await ledger.deposit();
    await write(
      `INSERT INTO transmissions (id, deliberation_id, collectivite_id, identifiant_acte, flux, state, since, version, cycle, turn, date_reception)
        SELECT gen_random_uuid(), $1, $2, 'acte-' || n, '1-1', 'acknowledged', $3, 1, 1, 0, '2022-11-03' FROM generate_series(1, 10000) n`,
      [deliberation.id, ledger.collectivite.id, NOW],
    );
    await write('ANALYZE transmissions');
    const plan = (await write(`EXPLAIN ${ONGOING_SQL}`, [NOW, OPENING_SECONDS, NOW])) as {
      'QUERY PLAN': string;
    }[];
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('transmissions_silence');
    expect(text).not.toContain('Seq Scan on transmissions');
  });
});
