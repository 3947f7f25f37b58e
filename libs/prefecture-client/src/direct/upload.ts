import type { OutgoingArchive, SubmitAnswer } from '@teletransmission/teletransmission';
import { randomBytes } from 'node:crypto';
import type { ClientRequest } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { outcomeOfStatus } from './submit-outcome';

export interface UploadOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Levé, l'envoi s'abandonne là où il en est. */
  readonly signal?: AbortSignal;
}

/** Un multipart d'un seul fichier, dont la longueur se sait d'avance : rien ne se garde en mémoire. */
function partOf(archive: OutgoingArchive): {
  readonly boundary: string;
  readonly head: Buffer;
  readonly tail: Buffer;
} {
  const boundary = `----teletransmission${randomBytes(12).toString('hex')}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${archive.nom}"`,
    'Content-Type: application/gzip',
    '',
    '',
  ].join('\r\n');
  return { boundary, head: Buffer.from(head), tail: Buffer.from(`\r\n--${boundary}--\r\n`) };
}

/**
 * Remet une archive et dit ce qu'on sait de son sort. `node:http` plutôt que `fetch` : il faut savoir si une connexion s'est ouverte,
 * car avant elle rien n'a pu partir, et après elle on ne peut plus le jurer.
 */
export async function upload(archive: OutgoingArchive, options: UploadOptions): Promise<SubmitAnswer> {
  const { boundary, head, tail } = partOf(archive);
  const { content } = archive;
  const request = (options.url.protocol === 'https:' ? https : http).request(options.url, {
    method: 'POST',
    headers: {
      ...options.headers,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + archive.tailleOctets + tail.length,
    },
    // Une connexion par envoi : une connexion gardée, fermée en face au même instant, perdrait une réponse pour rien.
    agent: false,
  });
  let mayHaveLeft = false;
  // Sans écouteur, une archive qui ne se lit plus avant la connexion finirait le processus ; sa lecture le redira.
  content.on('error', () => undefined);
  const answer = answerOf(request, options.timeoutMs, () => mayHaveLeft);
  const body = async function* (): AsyncGenerator<Buffer> {
    yield head;
    for await (const chunk of content as AsyncIterable<Buffer>) yield chunk;
    yield tail;
  };
  request.once('socket', (socket) => {
    const connected = options.url.protocol === 'https:' ? 'secureConnect' : 'connect';
    socket.once(connected, () => {
      mayHaveLeft = true;
      // L'échec de l'écriture se lit dans la réponse, ou dans son absence : c'est elle qui tranche.
      pipeline(body(), request).catch(() => undefined);
    });
  });
  const abandon = (): void => {
    request.destroy(new Error('abandon'));
  };
  if (options.signal?.aborted) abandon();
  options.signal?.addEventListener('abort', abandon, { once: true });
  return answer.finally(() => {
    options.signal?.removeEventListener('abort', abandon);
    content.destroy();
    request.destroy();
  });
}

function answerOf(
  request: ClientRequest,
  timeoutMs: number,
  mayHaveLeft: () => boolean,
): Promise<SubmitAnswer> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      request.destroy(new Error('délai'));
    }, timeoutMs);
    request.once('response', (response) => {
      clearTimeout(deadline);
      response.resume();
      resolve(outcomeOfStatus(response.statusCode ?? 0));
    });
    // `on` : une seconde erreur, après que la première a tranché, ne doit pas finir le processus.
    request.on('error', (error) => {
      clearTimeout(deadline);
      resolve(mayHaveLeft() ? lost(error) : unreachable(error));
    });
  });
}

function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'sans réponse';
}

function unreachable(error: unknown): SubmitAnswer {
  return {
    kind: 'deferred',
    code: 'prefecture/unreachable',
    detail: `La préfecture est injoignable (${reasonOf(error)}) : rien n'est parti. Nouvel envoi plus tard.`,
  };
}

function lost(error: unknown): SubmitAnswer {
  return {
    kind: 'lost',
    code: 'prefecture/answer-lost',
    detail: `La réponse de la préfecture s'est perdue (${reasonOf(error)}) : l'archive est peut-être arrivée. Nous le lui demandons avant tout nouvel envoi.`,
  };
}
