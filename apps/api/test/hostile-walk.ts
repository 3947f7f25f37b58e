import { PROBLEM_MAX_BYTES } from '@teletransmission/http-problems';
import { Agent, request } from 'node:http';
import type { HostileRequest } from './hostile-requests';

/** Ce que le serveur a répondu, ou rien s'il a raccroché. */
interface Heard {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Envoie des demandes hostiles à un serveur qui écoute, et retient ce qu'il n'aurait pas dû répondre. */
export class HostileWalk {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly counts = new Map<number, number>();
  readonly faults: string[] = [];

  constructor(private readonly address: string) {}

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Combien de réponses de cette centaine de statuts. */
  hundreds(of: number): number {
    return [...this.counts].reduce(
      (sum, [status, count]) => sum + (Math.floor(status / 100) === of ? count : 0),
      0,
    );
  }

  /** Envoie tout, quelques-unes de front. @param jeton le compte qui demande ; `null`, personne */
  async send(requests: Iterable<HostileRequest>, role: string, jeton: string | null): Promise<void> {
    const waiting = requests[Symbol.iterator]();
    const some = async (): Promise<void> => {
      for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
        const heard = await this.ask(next.value, jeton);
        this.counts.set(heard.status, (this.counts.get(heard.status) ?? 0) + 1);
        const fault = faultOf(heard, next.value.method);
        if (fault !== null) this.faults.push(`${role}, ${next.value.nom} → ${fault}`);
      }
    };
    await Promise.all(Array.from({ length: 6 }, some));
  }

  close(): void {
    this.agent.destroy();
  }

  private ask({ method, path, headers, body }: HostileRequest, jeton: string | null): Promise<Heard> {
    return new Promise((resolve) => {
      const asked = request(this.address, {
        method,
        path,
        agent: this.agent,
        headers: {
          ...(jeton === null ? {} : { authorization: `Bearer ${jeton}` }),
          ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      });
      asked.once('error', (error) => {
        resolve({ status: 0, type: '', text: error.message });
      });
      asked.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('close', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text });
        });
      });
      asked.end(body ?? undefined);
    });
  }
}

/** Ce qu'une réponse a de faux ; `null` quand elle est dans les règles. */
function faultOf({ status, type, text }: Heard, method: string): string | null {
  if (status === 0) return `pas de réponse (${text})`;
  if (status >= 500) return `${status} ${text}`;
  if (status < 400) return null;
  if (!type.startsWith('application/problem+json')) return `${status} en ${type || 'rien'} : ${text}`;
  if (method === 'HEAD') return null;
  if (Buffer.byteLength(text) > PROBLEM_MAX_BYTES) return `${status} de ${text.length} caractères`;
  const problem = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const isWhole = ['type', 'title', 'detail', 'code'].every((field) => typeof problem[field] === 'string');
  return isWhole && problem['status'] === status ? null : `${status} incomplet : ${text}`;
}
