import { readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { depositForm } from '../processes/deposit-form';
import type { InstanceRequest } from '../processes/own-instance';
import { makeInstanceFolder, OwnInstance } from '../processes/own-instance';
import type { AbuseTarget, AbusiveRequest } from './abusive-request';
import type { RawAnswer } from './raw-exchange';
import { bytesOf, RawExchange } from './raw-exchange';

/** Ce qu'une demande envoie avant qu'on ne regarde si les autres passent : ses en-têtes, et le début de son corps. */
const FIRST_BYTES = 8 * 1024;
/** La commune de référence, dont les comptes sont. */
const SIREN = '213402761';

/** Comment une demande abusive a été reçue, et qui a été servi avant elle. */
export interface AbuseOutcome {
  readonly answer: RawAnswer;
  /** La santé, demandée quand la demande n'était qu'à demi envoyée, a répondu avant elle. */
  readonly isHealthyMidway: boolean;
  /** La santé, demandée sitôt la demande entière, a répondu avant elle ; `null` quand elle a été refusée sans attendre sa fin. */
  readonly isHealthyAfter: boolean | null;
}

/** Une API en vrai processus, avec sa base, à qui l'on fait subir des demandes abusives. */
export class AbusedApi {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(
    readonly service: OwnInstance,
    private readonly target: AbuseTarget,
    private readonly folder: string,
  ) {}

  static async start(request: Partial<InstanceRequest> = {}): Promise<AbusedApi> {
    const folder = makeInstanceFolder();
    const { signal } = new AbortController();
    const service = await OwnInstance.start({ workers: 0, settings: {}, folder, signal, ...request });
    const body = depositForm(SIREN, 'TEMOIN');
    const headers = { authorization: `Bearer ${service.jetons.deposant}` };
    const deposited = await fetch(`${service.addresses.api}/v1/deliberations`, {
      method: 'POST',
      headers,
      body,
    });
    if (deposited.status !== 201) throw new Error(await deposited.text());
    const { id } = (await deposited.json()) as { id: string };
    return new AbusedApi(service, { siren: SIREN, deliberationId: id }, folder);
  }

  /** Envoie une demande abusive, et demande la santé pendant qu'elle court. */
  async suffer(request: AbusiveRequest): Promise<AbuseOutcome> {
    const { role = 'deposant', refusedOn } = request;
    const bytes = bytesOf(request.make(this.target), this.service.jetons[role]);
    // Une santé d'abord : la connexion est ouverte, et rien de ce qui suit n'attend qu'elle le soit.
    await this.live();
    const exchange = await RawExchange.open(this.service.addresses.api);
    try {
      const head = bytes.indexOf('\r\n\r\n');
      const first = Math.min(FIRST_BYTES, (refusedOn === 'head' ? head : bytes.length) >> 1);
      await exchange.send(bytes.subarray(0, first));
      await Promise.race([this.live(), exchange.begun]);
      const isHealthyMidway = !exchange.isAnswered;
      await exchange.send(bytes.subarray(first, -1));
      const isWhole = !exchange.isAnswered;
      void exchange.send(bytes.subarray(-1));
      await Promise.race([this.live(), exchange.begun]);
      const isHealthyAfter = isWhole ? !exchange.isAnswered : null;
      return { answer: await exchange.answer(), isHealthyMidway, isHealthyAfter };
    } finally {
      exchange.close();
    }
  }

  /** Dépose un acte en règle. @returns le statut */
  async deposit(numeroInterne: string): Promise<number> {
    const response = await fetch(`${this.service.addresses.api}/v1/deliberations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.service.jetons.deposant}` },
      body: depositForm(this.target.siren, numeroInterne),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Le plus de mémoire que l'API ait tenue depuis son lancement, en mébioctets. */
  peakMemoryMib(): number {
    const status = readFileSync(`/proc/${this.service.part('api').pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.service.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** La santé, sur une connexion qui reste ouverte. */
  live(): Promise<number> {
    return new Promise((resolve, reject) => {
      const url = `${this.service.addresses.api}/health/live`;
      get(url, { agent: this.agent }, (response) => {
        response.resume().once('end', () => {
          resolve(response.statusCode ?? 0);
        });
      }).once('error', reject);
    });
  }
}
