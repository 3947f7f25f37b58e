import type {
  OutgoingArchive,
  PendingRetour,
  PrefectureGateway,
  SubmitAnswer,
} from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { GatewayFailure } from '../gateway-failure';
import { upload } from './upload';

export interface DirectGatewaySettings {
  readonly url: string;
  readonly jeton: string | null;
  readonly delaiMs: number;
}

/** Une question qui ne change rien n'a pas à durer : la relève suivante la reposera. */
const QUERY_TIMEOUT_MS = 30_000;
const RETOUR_MAX_BYTES = 160 * 1024 * 1024;

const pendingList = z.object({
  retours: z.array(z.object({ id: z.string().min(1).max(200), nom: z.string().min(1).max(255) })),
});

/** La liaison directe : dépôt par multipart, relève et recherche par HTTP. */
export class DirectGateway implements PrefectureGateway {
  constructor(private readonly settings: DirectGatewaySettings) {}

  async submit(archive: OutgoingArchive): Promise<SubmitAnswer> {
    return upload(archive, {
      url: this.address('/actes/depot'),
      headers: this.headers(),
      timeoutMs: this.settings.delaiMs,
    });
  }

  async pendingRetours(limit: number): Promise<readonly PendingRetour[]> {
    const response = await this.ask('GET', `/actes/retours?limite=${limit}`, [200]);
    const parsed = pendingList.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw new GatewayFailure('prefecture/unexpected-answer', parsed.error);
    return parsed.data.retours.map(({ id, nom }) => ({ sourceId: id, nom }));
  }

  async fetchRetour(sourceId: string): Promise<Readable> {
    const response = await this.ask(
      'GET',
      `/actes/retours/${encodeURIComponent(sourceId)}`,
      [200],
      this.settings.delaiMs,
    );
    if (!response.body) throw new GatewayFailure('prefecture/unexpected-answer');
    return Readable.from(bounded(response.body as ReadableStream<Uint8Array>), { objectMode: false });
  }

  async acknowledgeRetour(sourceId: string): Promise<void> {
    await this.ask('POST', `/actes/retours/${encodeURIComponent(sourceId)}/releve`, [200, 204]);
  }

  async lookUp(nomArchive: string): Promise<'present' | 'absent' | 'unknown'> {
    const response = await this.ask(
      'GET',
      `/actes/archives/${encodeURIComponent(nomArchive)}`,
      [200, 404, 501],
    );
    if (response.status === 200) return 'present';
    return response.status === 404 ? 'absent' : 'unknown';
  }

  private address(path: string): URL {
    return new URL(this.settings.url.replace(/\/$/, '') + path);
  }

  private headers(): Record<string, string> {
    return this.settings.jeton === null ? {} : { authorization: `Bearer ${this.settings.jeton}` };
  }

  private async ask(
    method: string,
    path: string,
    expected: readonly number[],
    timeoutMs = QUERY_TIMEOUT_MS,
  ): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(this.address(path), {
        method,
        headers: this.headers(),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (cause) {
      throw new GatewayFailure('prefecture/unreachable', cause);
    }
    if (expected.includes(response.status)) return response;
    await response.body?.cancel();
    throw new GatewayFailure('prefecture/unexpected-answer', new Error(`HTTP ${response.status}`));
  }
}

/** Un retour qui ne finirait pas remplirait le disque : au-delà de la borne, la relève s'arrête et le laisse en amont. */
async function* bounded(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > RETOUR_MAX_BYTES)
        throw new GatewayFailure('prefecture/unexpected-answer', new Error('retour trop lourd'));
      yield Buffer.from(chunk);
    }
  } catch (cause) {
    throw cause instanceof GatewayFailure ? cause : new GatewayFailure('prefecture/unreachable', cause);
  }
}
