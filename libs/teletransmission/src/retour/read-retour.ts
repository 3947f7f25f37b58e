import type { LectureXml } from '@teletransmission/actes';
import { readArchive, readXml } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Readable } from 'node:stream';

/** Au-delà, ce n'est plus un message : le plus gros connu, une classification entière, pèse 50 ko. */
const XML_MAX_BYTES = 8 * 1024 * 1024;

/** Ce qu'un retour contient, lu : les messages qui disent quelque chose d'un acte, et l'enveloppe qui les porte. */
export interface RetourContent {
  readonly messages: readonly LectureXml[];
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
export async function readRetour(source: Readable): Promise<Result<RetourContent>> {
  const { gzip, replay } = await isGzip(source);
  if (!gzip) {
    const bytes = await bytesOf(replay);
    const lecture = bytes ? readXml(bytes) : refuse(tooLarge());
    return lecture.ok ? ok({ messages: [lecture.value], enveloppe: null }) : lecture;
  }
  const lectures: LectureXml[] = [];
  const faults: Problem[] = [];
  const archive = await readArchive(replay, async (nom, _taille, contenu) => {
    const bytes = await bytesOf(contenu);
    if (!nom.toLowerCase().endsWith('.xml')) return;
    const lecture = bytes ? readXml(bytes) : refuse(tooLarge());
    if (lecture.ok) lectures.push(lecture.value);
    else faults.push({ ...lecture.problem, detail: `${nom} : ${lecture.problem.detail}` });
  });
  if (!archive.ok) return archive;
  const enveloppe = lectures.find((lecture) => lecture.type === 'enveloppe-retour') ?? null;
  const messages = lectures.filter((lecture) => lecture.type !== 'enveloppe-retour');
  const [fault] = faults;
  if (messages.length === 0) return refuse(fault ?? nothing());
  return ok({ messages, enveloppe });
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
