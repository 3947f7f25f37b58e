import type {
  Outgoing,
  PendingPage,
  PrefectureGateway,
  SubmitAnswer,
} from '@teletransmission/teletransmission';
import type { JsonText } from '@teletransmission/kernel';
import { parseJson } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { GatewayFailure, UnreadableAnswer } from '../gateway-failure';
import { pendingEntryOf } from './pending-entry';
import { upload } from './upload';

export interface DirectGatewaySettings {
  readonly url: string;
  readonly jeton: string | null;
  readonly delaiMs: number;
}

/** Une question qui ne change rien n'a pas à durer : la relève suivante la reposera. */
const QUERY_TIMEOUT_MS = 30_000;
const RETOUR_MAX_BYTES = 160 * 1024 * 1024;
const JSON_MAX_BYTES = 1024 * 1024;
/** Une seule entrée démesurée ne doit pas cacher toutes les autres : la liste a de la place. */
const LIST_MAX_BYTES = 8 * 1024 * 1024;
const CURSOR_MAX_CHARS = 1_000;

/** De la liste, seule la forme d'ensemble se juge ici : chaque entrée l'est à part. */
const pendingList = z.object({ retours: z.array(z.unknown()), suivant: z.unknown().optional() });
/** Ce que dit la préfecture d'une archive qu'elle a, et de celle qu'elle n'a pas. */
const archivePrise = z.object({ nom: z.string() });
const archiveInconnue = z.object({ code: z.literal('archives/unknown') });

/** La liaison directe : dépôt par multipart, relève et recherche par HTTP. */
export class DirectGateway implements PrefectureGateway {
  readonly source = 'directe';

  constructor(private readonly settings: DirectGatewaySettings) {}

  async submit(outgoing: Outgoing, signal?: AbortSignal): Promise<SubmitAnswer> {
    if (outgoing.kind !== 'archive') throw new Error('La liaison directe ne prend que des archives');
    return upload(outgoing, {
      url: this.address('/actes/depot'),
      headers: this.headers(),
      timeoutMs: this.settings.delaiMs,
      ...(signal ? { signal } : {}),
    });
  }

  async pendingRetours(limit: number, after: string | null): Promise<PendingPage> {
    const suite = after === null ? '' : `&apres=${encodeURIComponent(after)}`;
    const response = await this.ask('GET', `/actes/retours?limite=${limit}${suite}`, [200]);
    const body = await readAnswer(response, LIST_MAX_BYTES);
    if (!body.ok)
      throw new GatewayFailure('prefecture/unexpected-answer', new UnreadableAnswer(body.problem));
    const parsed = pendingList.safeParse(body.value);
    if (!parsed.success) throw new GatewayFailure('prefecture/unexpected-answer', parsed.error);
    const { retours, suivant } = parsed.data;
    const isCursor = typeof suivant === 'string' && suivant !== '' && suivant.length <= CURSOR_MAX_CHARS;
    return { entries: retours.map(pendingEntryOf), next: isCursor ? suivant : null };
  }

  /** Tout vient par la boîte. */
  retoursOf(): Promise<PendingPage['entries']> {
    return Promise.resolve([]);
  }

  async fetchRetour(sourceId: string): Promise<Readable> {
    const path = `/actes/retours/${encodeURIComponent(sourceId)}`;
    const response = await this.ask('GET', path, [200], this.settings.delaiMs);
    return Readable.from(bounded(response, RETOUR_MAX_BYTES), { objectMode: false });
  }

  async acknowledgeRetour(sourceId: string): Promise<void> {
    const path = `/actes/retours/${encodeURIComponent(sourceId)}/releve`;
    const response = await this.ask('POST', path, [200, 204]);
    await response.body?.cancel();
  }

  /**
   * Un statut seul ne prouve rien : un mandataire, une mauvaise adresse ou une page d'entretien répondent aussi 404 ou 200. La preuve
   * est le corps : la préfecture y redit le nom de l'archive, ou qu'elle ne la connaît pas.
   */
  async lookUp(nomArchive: string): Promise<'present' | 'absent' | 'unknown'> {
    const path = `/actes/archives/${encodeURIComponent(nomArchive)}`;
    const response = await this.ask('GET', path, [200, 404, 501]);
    const body = await readAnswer(response);
    if (!body.ok) return 'unknown';
    if (response.status === 200)
      return archivePrise.safeParse(body.value).data?.nom === nomArchive ? 'present' : 'unknown';
    return response.status === 404 && archiveInconnue.safeParse(body.value).success ? 'absent' : 'unknown';
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

/** Un corps qui ne finirait pas remplirait le disque ou la mémoire : au-delà de la borne on s'arrête, et il reste en amont. */
async function* bounded(response: Response, maxBytes: number): AsyncGenerator<Buffer> {
  if (!response.body) return;
  let size = 0;
  try {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes)
        throw new GatewayFailure('prefecture/unexpected-answer', new Error('corps trop lourd'));
      yield Buffer.from(chunk);
    }
  } catch (cause) {
    throw cause instanceof GatewayFailure ? cause : new GatewayFailure('prefecture/unreachable', cause);
  }
}

/**
 * Le JSON d'une réponse : UTF-8 strict, avec ou sans marque d'ordre ; un texte abîmé qu'elle porterait n'en fait pas perdre le reste.
 * @returns la valeur, ou le refus qui dit pourquoi elle ne se lit pas. @throws GatewayFailure quand elle se coupe ou ne finit pas.
 */
async function readAnswer(response: Response, maxBytes = JSON_MAX_BYTES): Promise<JsonText> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(response, maxBytes)) chunks.push(chunk);
  return parseJson(Buffer.concat(chunks), 'La réponse de la préfecture');
}
