import type { LectureXml } from '@teletransmission/actes';
import { readArchive, readXml } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Readable } from 'node:stream';

/** Au-delà, ce n'est plus un message : le plus gros connu, une classification entière, pèse 50 ko. */
const XML_MAX_BYTES = 8 * 1024 * 1024;

/** Un message lu, et ses octets tels que reçus. */
export interface ReadMessage {
  /** Son nom de fichier : dans l'archive, ou celui du retour quand il vient seul. */
  readonly nom: string;
  readonly lecture: LectureXml;
  readonly octets: Buffer;
}

/** Un contenu déjà en mémoire, en flux. */
export function readableOf(octets: Buffer): Readable {
  return Readable.from([octets], { objectMode: false });
}

/** Ce qu'un retour contient, lu : les messages qui disent quelque chose d'un acte, et l'enveloppe qui les porte. */
export interface RetourContent {
  readonly messages: readonly ReadMessage[];
  /** Les XML qui ne se lisent pas, à côté de ceux qui se lisent. */
  readonly faults: readonly Problem[];
  readonly enveloppe: Extract<LectureXml, { type: 'enveloppe-retour' }> | null;
}

async function bytesOf(source: Readable): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    // On lit jusqu'au bout sans garder : laisser un flux en plan bloquerait l'archive qui le porte.
    if (size <= XML_MAX_BYTES) chunks.push(chunk);
  }
  return size <= XML_MAX_BYTES ? Buffer.concat(chunks) : null;
}

async function isGzip(source: Readable): Promise<{ readonly gzip: boolean; readonly replay: Readable }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  const head = first.done === true ? Buffer.alloc(0) : first.value;
  const replay = async function* (): AsyncGenerator<Buffer> {
    yield head;
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) return;
      yield next.value;
    }
  };
  return {
    gzip: head[0] === 0x1f && head[1] === 0x8b,
    replay: Readable.from(replay(), { objectMode: false }),
  };
}

/** Lit un retour brut : une archive, ou un XML seul (une anomalie d'enveloppe voyage sans enveloppe). */
export async function readRetour(source: Readable, nomRetour: string): Promise<Result<RetourContent>> {
  const { gzip, replay } = await isGzip(source);
  if (!gzip) {
    const bytes = await bytesOf(replay);
    if (!bytes) return refuse(tooLarge());
    const lecture = readXml(bytes);
    if (!lecture.ok) return lecture;
    return ok({
      messages: [{ nom: nomRetour, lecture: lecture.value, octets: bytes }],
      faults: [],
      enveloppe: null,
    });
  }
  const read: ReadMessage[] = [];
  const faults: Problem[] = [];
  const archive = await readArchive(replay, async (nom, _taille, contenu) => {
    // Un document ne se lit pas ici : ce qu'on laisse est sauté.
    if (!nom.toLowerCase().endsWith('.xml')) return;
    const octets = await bytesOf(contenu);
    const lecture = octets ? readXml(octets) : refuse(tooLarge());
    if (lecture.ok && octets) read.push({ nom, lecture: lecture.value, octets });
    else if (!lecture.ok) faults.push({ ...lecture.problem, detail: `${nom} : ${lecture.problem.detail}` });
  });
  if (!archive.ok) return archive;
  const enveloppe =
    read.map(({ lecture }) => lecture).find((lecture) => lecture.type === 'enveloppe-retour') ?? null;
  const messages = read.filter(({ lecture }) => lecture.type !== 'enveloppe-retour');
  if (messages.length === 0) return refuse(faults[0] ?? nothing());
  return ok({ messages, faults, enveloppe });
}

function tooLarge(): Problem {
  return {
    code: 'retour/xml-too-large',
    detail: `Un XML de ce retour dépasse ${XML_MAX_BYTES} octets : il est gardé sans être lu.`,
  };
}

function nothing(): Problem {
  return {
    code: 'retour/no-message',
    detail: 'Ce retour ne porte aucun message : il est gardé, une personne doit le regarder.',
  };
}
