import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Log, LogFields } from '@teletransmission/kernel';
import type { Dependency } from '@teletransmission/observability';
import { StoreFailure } from '@teletransmission/persistence';
import type {
  Collectivite,
  CollectiviteRepository,
  Compte,
  DocumentStore,
} from '@teletransmission/teletransmission';
import {
  assembleConsultation,
  assembleCourrierReadings,
  assemblePrefectures,
} from '@teletransmission/teletransmission';
import type { Queue } from 'bullmq';
import { InMemoryLedger, InMemoryPouls, InMemoryReleves, SEUILS } from '@teletransmission/testkit';
import { Readable } from 'node:stream';
import { createAdmin } from '../src/create-admin';
import { InMemoryAccounts, NumberedSecrets, SettableClock } from './in-memory-accounts';
import { InMemoryOpenPrefectures } from './in-memory-open-prefectures';
import { InMemoryOpenAlertes } from './in-memory-open-alertes';
import { InMemoryCourriers } from './in-memory-courriers';
import { InMemoryReadings } from './in-memory-readings';
import { aCollectivite, CORTE } from './views';

/** Un journal qui se relit. */
export class KeptLog implements Log {
  readonly lines: {
    readonly level: string;
    readonly message: string;
    readonly fields: LogFields;
    readonly error?: unknown;
  }[] = [];

  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  error(message: string, fields: LogFields = {}, error?: unknown): void {
    this.lines.push({ level: 'error', message, fields, error });
  }

  with(): Log {
    return this;
  }
}

class InMemoryCollectivites implements CollectiviteRepository {
  constructor(private readonly known: readonly Collectivite[]) {}

  find(id: string): Promise<Collectivite | null> {
    return Promise.resolve(this.known.find((collectivite) => collectivite.id === id) ?? null);
  }

  findBySiren(siren: string): Promise<Collectivite | null> {
    return Promise.resolve(this.known.find((collectivite) => collectivite.siren === siren) ?? null);
  }

  save(): Promise<Collectivite> {
    return Promise.reject(new Error('Le bureau n’inscrit pas de collectivité'));
  }

  list(): Promise<readonly Collectivite[]> {
    return Promise.resolve(this.known);
  }
}

class InMemoryDocuments implements Pick<DocumentStore, 'open'> {
  readonly contents = new Map<string, Buffer>();

  open(empreinte: string): Promise<Readable> {
    const content = this.contents.get(empreinte);
    return content
      ? Promise.resolve(Readable.from([content]))
      : Promise.reject(new StoreFailure('document/missing', 'never'));
  }
}

export interface DeskOptions {
  readonly queues?: readonly Queue[];
  readonly cookieSecurise?: boolean;
  readonly confiance?: readonly string[];
  readonly dependencies?: readonly Dependency[];
  readonly jetonMetriques?: string;
}

/** Un bureau entier sur des ports en mémoire : de quoi le remplir, et de quoi y circuler comme un navigateur. */
export class RunningDesk {
  readonly clock = new SettableClock();
  readonly readings = new InMemoryReadings();
  readonly ledger = new InMemoryLedger();
  readonly alertes = new InMemoryOpenAlertes();
  readonly prefectures = new InMemoryOpenPrefectures();
  readonly pouls = new InMemoryPouls();
  readonly courriers = new InMemoryCourriers();
  readonly secrets = new NumberedSecrets();
  readonly accounts = new InMemoryAccounts(this.secrets);
  readonly documents = new InMemoryDocuments();
  readonly log = new KeptLog();
  private app: NestFastifyApplication;

  static async start(options: DeskOptions = {}): Promise<RunningDesk> {
    const desk = new RunningDesk();
    const collectivites = new InMemoryCollectivites([
      aCollectivite(),
      aCollectivite({ id: CORTE, nom: 'Corte', siren: '212000962' }),
    ]);
    desk.app = await createAdmin(
      {
        sessionHeures: 12,
        cookieSecurise: options.cookieSecurise ?? false,
        confiance: options.confiance ?? [],
      },
      {
        readings: desk.readings,
        ...assembleConsultation(
          {
            readings: desk.readings,
            collectivites,
            releves: new InMemoryReleves(desk.ledger),
            alerteReadings: desk.alertes,
            pouls: desk.pouls,
          },
          SEUILS,
          desk.clock,
        ),
        ...assembleCourrierReadings({ courrierReadings: desk.courriers, correspondances: desk.courriers }),
        prefectures: assemblePrefectures(desk, desk.clock).regulate,
        collectivites,
        comptes: desk.accounts,
        sessions: desk.accounts,
        secrets: desk.secrets,
        documents: desk.documents,
        queues: options.queues ?? [],
        dependencies: options.dependencies ?? [],
        metriques: {
          jeton: options.jetonMetriques ?? null,
          page: { read: () => Promise.resolve('# métriques\n') },
        },
        clock: desk.clock,
        log: desk.log,
      },
    );
    // Un travailleur en marche : sans lui, le bureau le dirait d'abord.
    await desk.pouls.seen({
      id: 'travailleur',
      depuis: desk.clock.now(),
      vuLe: desk.clock.now(),
      version: '1.0.0',
    });
    await desk.app.getHttpAdapter().getInstance().ready();
    return desk;
  }

  get server(): NestFastifyApplication {
    return this.app;
  }

  /** Connecte ce compte et rend l'en-tête `Cookie` de sa session. */
  async signIn(compte: Compte, jeton = `jeton-de-${compte.nom}`): Promise<string> {
    this.accounts.add(jeton, compte);
    const answer = await this.post('/connexion', { jeton });
    const [cookie] = [answer.headers['set-cookie']].flat();
    return String(cookie).split(';')[0] ?? '';
  }

  get(url: string, cookie?: string): ReturnType<typeof this.inject> {
    return this.inject('GET', url, cookie === undefined ? {} : { cookie });
  }

  /** Envoie un formulaire, comme le ferait une page du bureau ; `headers` remplace ce qu'on veut. */
  post(
    url: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
  ): ReturnType<typeof this.inject> {
    return this.inject(
      'POST',
      url,
      { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      form,
    );
  }

  inject(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    headers: Readonly<Record<string, string>>,
    form?: Readonly<Record<string, string>>,
  ): ReturnType<NestFastifyApplication['inject']> {
    return this.app.inject({
      method,
      url,
      headers: { ...headers },
      ...(form === undefined ? {} : { payload: new URLSearchParams({ ...form }).toString() }),
    });
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
