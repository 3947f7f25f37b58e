import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '@teletransmission/config';
import { loadSettings } from '@teletransmission/config';
import { createLog, SystemClock, UuidSource } from '@teletransmission/observability';
import {
  createDataSource,
  CryptoSecrets,
  PgCollectiviteRepository,
  PgCompteRepository,
} from '@teletransmission/persistence';
import type { Collectivite, CollectiviteId, Role } from '@teletransmission/teletransmission';
import { assembleComptes, checkCollectivite, ROLES } from '@teletransmission/teletransmission';
import { SEUILS } from '@teletransmission/testkit';
import type { InjectOptions } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { createMigratedDatabase } from '../../../test/services/migrated-database';
import { createApi } from '../src/create-api';
import type { Deposit } from './a-deposit';
import { aDeposit, bodyOf } from './a-deposit';

/** Une réponse lue : le statut, les en-têtes, le corps en JSON quand il en est un. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type AskedMethod = NonNullable<InjectOptions['method']>;

export interface Ask {
  readonly jeton?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Le jeton de Prometheus. */
export const JETON_METRIQUES = 'jeton-des-metriques-de-l-essai';

export type Jetons = Readonly<Record<Role, string>>;

/** L'API sur une base neuve et un dossier temporaire, avec une commune, une voisine, et un compte par rôle. */
export class RunningApi {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly dataSource: DataSource,
    readonly dossier: string,
    readonly commune: Collectivite,
    readonly voisine: Collectivite,
    /** Des comptes de plateforme. */
    readonly jetons: Jetons,
    /** Des comptes de la commune. */
    readonly jetonsCommune: Jetons,
    /** Des comptes de la voisine. */
    readonly jetonsVoisine: Jetons,
    /** La base sous son propriétaire : pour y abîmer ce que le service ne peut pas. */
    readonly ownerUrl: string,
    private readonly forget: () => Promise<void>,
  ) {}

  /**
   * @param through où passe la base : sans effet par défaut, un relais que l'essai coupera sinon.
   * @param portes ce que les portes admettent, quand ce ne sont pas les défauts
   */
  static async start(
    through: (url: string) => Promise<string> = (url) => Promise.resolve(url),
    portes: Partial<Settings['portes']> = {},
  ): Promise<RunningApi> {
    const database = await createMigratedDatabase();
    const dossier = await mkdtemp(path.join(tmpdir(), 'api-'));
    const settings = { url: await through(database.url), poolSize: 10, applicationName: 'essai' };
    const dataSource = await createDataSource(settings).initialize();
    const collectivites = new PgCollectiviteRepository(dataSource);
    const commune = await collectivites.save(aCommune('213402761', 'Saint-Mathieu-de-Tréviers', '034'));
    const voisine = await collectivites.save(aCommune('210100012', 'L’Abergement', '001'));
    const comptes = new PgCompteRepository(dataSource);
    const { openCompte } = assembleComptes(
      { comptes, collectivites, secrets: new CryptoSecrets() },
      { clock: new SystemClock(), ids: new UuidSource() },
    );
    const jetonsOf = async (siren: string | null): Promise<Jetons> => {
      const made: Partial<Record<Role, string>> = {};
      for (const role of ROLES) {
        const opened = await openCompte.execute({ nom: `essai ${role}`, role, siren });
        if (!opened.ok) throw new Error(opened.problem.detail);
        made[role] = opened.value.jeton;
      }
      return made as Jetons;
    };
    const app = await createApi({
      settings: {
        database: loadSettings({ DATABASE_URL: settings.url }, ['database']).database,
        stockage: { dossier },
        signature: { autorites: null, revocations: null },
        rythme: loadSettings({}, ['rythme']).rythme,
        alertes: SEUILS,
        mandataires: { confiance: [] },
        portes: { ...loadSettings({}, ['portes']).portes, ...portes },
        metriques: { jeton: JETON_METRIQUES },
      },
      dataSource,
      log: createLog('essai', 'silent'),
    });
    return new RunningApi(
      app,
      dataSource,
      dossier,
      commune,
      voisine,
      await jetonsOf(null),
      await jetonsOf(commune.siren),
      await jetonsOf(voisine.siren),
      database.ownerUrl,
      async () => {
        await database.drop();
        await rm(dossier, { recursive: true, force: true });
      },
    );
  }

  /** Fermer l'application ferme aussi la base : c'est elle qui la tient. */
  async stop(): Promise<void> {
    await this.app.close();
    await this.forget();
  }

  /** Demande une adresse. Sans `jeton`, l'administrateur de plateforme ; `null`, personne. */
  async ask(method: AskedMethod, url: string, ask: Ask = {}): Promise<Answer> {
    const { jeton = this.jetons.administrateur, headers = {}, body } = ask;
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const answer = await this.app.inject({
      method,
      url,
      headers: {
        ...(jeton === null ? {} : { authorization: `Bearer ${jeton}` }),
        ...(body !== undefined && !isRaw ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    });
    return readAnswer(answer.statusCode, answer.headers, answer.payload);
  }

  /** Dépose ; par défaut au nom d'un déposant de la commune. */
  async deposit(deposit: Deposit, ask: Omit<Ask, 'body'> = {}): Promise<Answer> {
    const { payload, headers } = await bodyOf(deposit);
    const { jeton = this.jetonsCommune.deposant } = ask;
    return this.ask('POST', '/v1/deliberations', {
      jeton,
      headers: { ...headers, ...ask.headers },
      body: payload,
    });
  }

  /** Dépose une délibération sans faute et rend son identité. */
  async deposited(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const answer = await this.deposit(aDeposit(changes));
    if (answer.status !== 201) throw new Error(answer.text);
    return String(answer.body['id']);
  }

  /** Le nombre de lignes de chaque table qu'un dépôt écrit. */
  async rowCounts(): Promise<Readonly<Record<string, number>>> {
    const tables = [
      'deliberations',
      'pieces',
      'transmissions',
      'publications',
      'requetes',
      'audit_entries',
      'outbox',
    ];
    const counts = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`);
    const rows: Record<string, number>[] = await this.dataSource.query(`SELECT ${counts.join(', ')}`);
    return rows[0] ?? {};
  }
}

function readAnswer(status: number, headers: Answer['headers'], text: string): Answer {
  const isJson = /json/.test(String(headers['content-type'] ?? ''));
  return { status, headers, text, body: isJson && text !== '' ? (JSON.parse(text) as Answer['body']) : {} };
}

function aCommune(siren: string, nom: string, departement: string): Collectivite {
  const checked = checkCollectivite(
    {
      siren,
      nom,
      departement,
      arrondissement: '3',
      natureCollectivite: '31',
      adressesRetour: ['actes@commune.example.org'],
      classificationDateVersion: '2019-08-29',
      tiretsPermis: true,
      publicationAutomatique: false,
    },
    new UuidSource().next() as CollectiviteId,
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.problem));
  return checked.value;
}
