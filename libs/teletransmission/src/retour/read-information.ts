import { readArchive } from '@teletransmission/actes';
import { Readable } from 'node:stream';
import { searchableText } from '../deliberation/searchable-text';

/** Un courriel sans message, qui ne fait qu'informer : « la transmission est effectuée en multi canal », le papier suit. */
export interface Information {
  /** Les identifiants d'actes qu'il cite, tels quels. */
  readonly identifiants: readonly string[];
}

/** Au-delà, ce n'est pas un courriel d'information. */
const MAX_BYTES = 2 * 1024 * 1024;
const BODY = /\.(html?|txt|eml)$/i;
/** Des chiffres et des tirets, par les deux bouts ; le numéro, au milieu, peut contenir les siens. */
const IDENTIFIANT = /\b[0-9]{2}[0-9AB]-[0-9]{9}-[0-9]{8}-[A-Za-z0-9_ -]{1,15}?-(?:DE|AR|AI|CC|BF|AU)\b/g;

/**
 * Reconnaît le courriel « multicanal » que la préfecture envoie quand le papier suit : en texte, en HTML, en courriel entier, ou rangé dans
 * une archive. @returns `null` quand ce n'en est pas un.
 */
export async function readInformation(source: Readable): Promise<Information | null> {
  const bytes = await bytesOf(source);
  if (!bytes) return null;
  const bodies = bytes[0] === 0x1f && bytes[1] === 0x8b ? await bodiesOf(bytes) : [bytes];
  for (const body of bodies) {
    const text = plainText(body);
    const words = searchableText(text);
    if (!/\btransmission\b/.test(words) || !/\bmulti ?canal\b/.test(words)) continue;
    return { identifiants: [...new Set(text.match(IDENTIFIANT) ?? [])] };
  }
  return null;
}

async function bytesOf(source: Readable): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function bodiesOf(archive: Buffer): Promise<readonly Buffer[]> {
  const bodies: Buffer[] = [];
  await readArchive(
    Readable.from([archive], { objectMode: false }),
    async (nom, _taille, contenu) => {
      if (!BODY.test(nom)) return;
      const body = await bytesOf(contenu);
      if (body) bodies.push(body);
    },
    { totalMaxBytes: 4 * MAX_BYTES },
  );
  return bodies;
}

/** Le texte d'un corps de courriel, quel que soit son codage de transport, sans ses balises. */
function plainText(body: Buffer): string {
  const raw = body.toString('latin1');
  const parts = [raw, quotedPrintable(raw), ...base64Parts(raw)];
  return parts
    .map((part) => Buffer.from(part, 'latin1').toString('utf8'))
    .map((part) => part.replace(/<[^>]*>/g, ' ').replace(/&nbsp;|&#160;/g, ' '))
    .join('\n');
}

/** RFC 2045 §6.7 : un octet par `=XX`, une ligne continuée par `=` en fin de ligne. */
function quotedPrintable(raw: string): string {
  return raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** RFC 2045 §6.8 : les parties annoncées en base64, décodées. */
function base64Parts(raw: string): readonly string[] {
  return [...raw.matchAll(/Content-Transfer-Encoding:\s*base64[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/gi)].map(
    ([, encoded = '']) => Buffer.from(encoded, 'base64').toString('latin1'),
  );
}
