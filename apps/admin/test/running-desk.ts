import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Dependency } from '@teletransmission/observability';
import type { Compte } from '@teletransmission/teletransmission';
import {
  assembleConsultation,
  assembleCourrierReadings,
  assemblePrefectures,
} from '@teletransmission/teletransmission';
import type { Queue } from 'bullmq';
import {
  FakeClock,
  InMemoryCollectivites,
  InMemoryComptes,
  InMemoryCourriers,
  InMemoryDocuments,
  InMemoryLedger,
  InMemoryOpenAlertes,
  InMemoryOpenPrefectures,
  InMemoryPouls,
  InMemoryReadings,
  InMemoryReleves,
  InMemorySessions,
  KeptLog,
  NumberedSecrets,
  SEUILS,
} from '@teletransmission/testkit';
import { createAdmin } from '../src/create-admin';
import { aCollectivite, CORTE, NOW } from './views';

export interface DeskOptions {
  readonly queues?: readonly Queue[];
  readonly cookieSecurise?: boolean;
  readonly confiance?: readonly string[];
  readonly dependencies?: readonly Dependency[];
  readonly jetonMetriques?: string;
}

/** Un bureau entier sur des ports en mémoire : de quoi le remplir, et de quoi y circuler comme un navigateur. */
export class RunningDesk {
  readonly clock = new FakeClock(NOW);
  readonly readings = new InMemoryReadings();
  readonly ledger = new InMemoryLedger();
  readonly alertes = new InMemoryOpenAlertes();
  readonly prefectures = new InMemoryOpenPrefectures();
  readonly pouls = new InMemoryPouls();
  readonly courriers = new InMemoryCourriers();
  readonly secrets = new NumberedSecrets();
  readonly comptes = new InMemoryComptes(this.clock);
  readonly sessions = new InMemorySessions(this.comptes);
  readonly documents = new InMemoryDocuments();
  readonly log = new KeptLog();
  private app: NestFastifyApplication;

  static async start(options: DeskOptions = {}): Promise<RunningDesk> {
    const desk = new RunningDesk();
    const collectivites = new InMemoryCollectivites(
      aCollectivite(),
      aCollectivite({ id: CORTE, nom: 'Corte', siren: '212000962' }),
    );
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
        comptes: desk.comptes,
        sessions: desk.sessions,
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

  /** Ce compte existe, sous ce jeton. */
  welcome(compte: Compte, jeton: string): void {
    this.comptes.add(compte, this.secrets.empreinteOf(jeton));
  }

  /** Connecte ce compte et rend l'en-tête `Cookie` de sa session. */
  async signIn(compte: Compte, jeton = `jeton-de-${compte.id}`): Promise<string> {
    this.welcome(compte, jeton);
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
