import type { LectureXml } from '@teletransmission/actes';
import { readFichiersRetour, readXmlRetour } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import type { Remarque } from './remarque';

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
  /** Ce qu'il a fallu d'indulgence, et ce que ses messages enfreignent du schéma. */
  readonly remarques: readonly Remarque[];
}

/** Lit un retour brut : une archive, ou un XML seul (une anomalie d'enveloppe voyage sans enveloppe). */
export async function readRetour(source: Readable, nomRetour: string): Promise<Result<RetourContent>> {
  const opened = await readFichiersRetour(source);
  if (!opened.ok) return opened;
  const { conteneur, fichiers } = opened.value;
  const remarques: Remarque[] = [...opened.value.remarques];
  const read: ReadMessage[] = [];
  const faults: Problem[] = [];
  for (const { nom, octets } of fichiers) {
    // Un document ne se lit pas ici.
    if (conteneur === 'archive' && !nom.toLowerCase().endsWith('.xml')) continue;
    const lecture = octets ? readXmlRetour(octets) : refuse(tooLarge());
    if (!lecture.ok || !octets) {
      if (!lecture.ok) faults.push(nom === '' ? lecture.problem : inFile(nom, lecture.problem));
      continue;
    }
    read.push({
      lecture: lecture.value,
      octets: Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength),
      nom: nom === '' ? nomRetour : nom,
    });
    for (const ecart of lecture.value.ecarts) remarques.push(nom === '' ? ecart : { ...ecart, fichier: nom });
  }
  const enveloppe =
    read.map(({ lecture }) => lecture).find((lecture) => lecture.type === 'enveloppe-retour') ?? null;
  const messages = read.filter(({ lecture }) => lecture.type !== 'enveloppe-retour');
  if (messages.length === 0) return refuse(faults[0] ?? nothing());
  return ok({ messages, faults, enveloppe, remarques });
}

function inFile(nom: string, problem: Problem): Problem {
  return { ...problem, detail: `${nom} : ${problem.detail}` };
}

function tooLarge(): Problem {
  return {
    code: 'retour/xml-too-large',
    detail: 'Ce XML est plus lourd qu’aucun message ne l’est : il est gardé sans être lu.',
  };
}

function nothing(): Problem {
  return {
    code: 'retour/no-message',
    detail: 'Ce retour ne porte aucun message : il est gardé, une personne doit le regarder.',
  };
}
