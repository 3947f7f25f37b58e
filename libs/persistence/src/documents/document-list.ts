import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Empreinte } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRows } from '../sql/read-rows';

/** Un document que la base désigne ; sa taille quand elle la connaît. */
export interface ReferencedDocument {
  readonly empreinte: Empreinte;
  readonly tailleOctets: number | null;
}

/** Ce qui sait poser une question à la base : une connexion réservée, ou le pool. */
interface Querying {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

const PAGE = 5_000;

const REFERENCED_ROW = z.object({ empreinte: column.id<Empreinte>(), taille: column.bigint.nullable() });

/** Les documents que la base désigne, chacun une fois, dans l'ordre des empreintes, vus de cette transaction. */
export async function* referencedDocuments(runner: Querying, from = ''): AsyncGenerator<ReferencedDocument> {
  for (let after = from; ;) {
    const rows = await readRows(
      runner,
      REFERENCED_ROW,
      `SELECT empreinte, max(taille_octets)::text AS taille FROM documents_references
        WHERE empreinte > $1 GROUP BY empreinte ORDER BY empreinte LIMIT $2`,
      [after, PAGE],
    );
    for (const { empreinte, taille: tailleOctets } of rows) yield { empreinte, tailleOctets };
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.empreinte ?? after;
  }
}

/** Écrit un flux compressé, forcé sur le disque ; rend l'empreinte du fichier. */
export async function writeHashed(file: string, content: Readable): Promise<string> {
  const hash = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const sink = createWriteStream(file, { flags: 'wx', mode: 0o640, flush: true });
  await pipeline(content, createGzip({ level: 6 }), tap, sink);
  return hash.digest('hex');
}

/**
 * Un flux que le disque peut refuser sans qu'on lâche sa source : une copie PostgreSQL abandonnée au milieu laisserait sa connexion muette,
 * il faut la lire jusqu'au bout.
 */
export function drainable(source: Readable): { readonly content: Readable; readonly drained: Promise<void> } {
  const content = new PassThrough();
  const drained = new Promise<void>((resolve) => {
    source
      .once('close', resolve)
      .once('end', resolve)
      .once('error', (error) => {
        content.destroy(error);
        resolve();
      });
  });
  content.once('close', () => {
    source.unpipe(content);
    source.resume();
  });
  source.pipe(content);
  return { content, drained };
}

/** L'empreinte d'un fichier, lu en flux. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

export function listText(documents: AsyncIterable<ReferencedDocument>): Readable {
  return Readable.from(
    (async function* () {
      for await (const { empreinte, tailleOctets } of documents)
        yield Buffer.from(`${empreinte} ${tailleOctets ?? '-'}\n`);
    })(),
    { objectMode: false },
  );
}

/** Relit la liste d'une sauvegarde, ligne à ligne. */
export async function* readList(file: string): AsyncGenerator<ReferencedDocument> {
  const content = createReadStream(file).pipe(createGunzip());
  for await (const line of createInterface({ input: content, crlfDelay: Infinity })) {
    const [, empreinte, taille] = /^([0-9a-f]{64}) (\d+|-)$/.exec(line) ?? [];
    if (empreinte === undefined) throw new Error(`Ligne illisible dans ${file}`);
    yield { empreinte: empreinte as Empreinte, tailleOctets: taille === '-' ? null : Number(taille) };
  }
}
