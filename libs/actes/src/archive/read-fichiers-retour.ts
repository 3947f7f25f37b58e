import type { Problem, Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { XML_LIMITS } from '../xml/parse-xml';
import { ArchiveRefusal } from './archive-refusal';
import type { FichierArchive } from './check-archive-aller';
import { readArchiveRetour } from './read-archive-retour';
import type { Ecart } from '../xml/ecart';

/** Les XML d'un retour : une enveloppe et quelques messages ; le plus gros connu, une nomenclature entière, pèse 50 ko. */
const XML_MAX = 20;
const ALL_XML_MAX_BYTES = 16 * 1024 * 1024;

/** Les fichiers d'un retour, et ses XML en mémoire. */
export interface FichiersRetour {
  readonly conteneur: 'archive' | 'xml';
  /**
   * Dans l'ordre reçu ; d'un XML seul, un fichier au nom vide. `octets` n'est là que pour les XML, et manque à celui qui dépasse à lui
   * seul ce qu'un message peut peser.
   */
  readonly fichiers: readonly FichierArchive[];
  readonly remarques: readonly Ecart[];
}

/**
 * Lit les XML de ce que la préfecture a rendu, archive ou XML seul. Leur nombre et leur poids sont bornés avant d'être lus : ce qu'un
 * retour occupe en mémoire ne dépend pas de qui l'envoie.
 * @returns les fichiers, ou les refus de `readArchiveRetour`, et `archive/too-many-xml`, `archive/xml-too-large`.
 */
export async function readFichiersRetour(source: Readable): Promise<Result<FichiersRetour>> {
  const fichiers: FichierArchive[] = [];
  let xmlCount = 0;
  let xmlBytes = 0;
  const opened = await readArchiveRetour(source, async (nom, tailleOctets, contenu) => {
    if (nom === null || tailleOctets === null) {
      const octets = await boundedBytes(contenu);
      fichiers.push({ nom: '', tailleOctets: octets?.byteLength ?? 0, ...(octets ? { octets } : {}) });
      return;
    }
    if (!nom.toLowerCase().endsWith('.xml')) {
      fichiers.push({ nom, tailleOctets });
      return;
    }
    xmlCount += 1;
    if (xmlCount > XML_MAX) throw new ArchiveRefusal(tooManyXml());
    xmlBytes += tailleOctets;
    if (xmlBytes > ALL_XML_MAX_BYTES) throw new ArchiveRefusal(xmlTooLarge());
    const octets = tailleOctets <= XML_LIMITS.maxBytes ? await boundedBytes(contenu) : undefined;
    fichiers.push({ nom, tailleOctets, ...(octets ? { octets } : {}) });
  });
  return opened.ok
    ? ok({ conteneur: opened.value.conteneur, fichiers, remarques: opened.value.remarques })
    : opened;
}

async function boundedBytes(source: Readable): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of source as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    if (size > XML_LIMITS.maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooManyXml(): Problem {
  return {
    code: 'archive/too-many-xml',
    detail: `Ce retour porte plus de ${XML_MAX} XML : ce n'est pas une réponse de la préfecture. Il est gardé sans être lu.`,
    facts: { limite: XML_MAX },
  };
}

function xmlTooLarge(): Problem {
  return {
    code: 'archive/xml-too-large',
    detail: `Les XML de ce retour font ensemble plus de ${ALL_XML_MAX_BYTES} octets : ce n'est pas une réponse de la préfecture. Il est gardé sans être lu.`,
    facts: { limite: ALL_XML_MAX_BYTES },
  };
}
