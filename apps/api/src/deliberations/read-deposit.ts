import type { Multipart, MultipartFile } from '@fastify/multipart';
import { problemOfStatus, ProblemException } from '@teletransmission/http-problems';
import { excerptOf } from '@teletransmission/kernel';
import { StoreFailure } from '@teletransmission/teletransmission';
import type { DocumentStore, StoredFile } from '@teletransmission/teletransmission';
import { demandeText } from '@teletransmission/teletransmission';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { readJsonBody } from '../request/read-json-body';
import { DOSSIER_MAX_BYTES, FilesBudget, filesTooLarge, tooManyParts } from './files-budget';

export interface ReceivedDeposit {
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
  /** Ce que la demande contient, quel que soit l'ordre de ses parties et de ses champs. */
  readonly empreinteDemande: string;
}

function malformed(detail: string): ProblemException {
  return new ProblemException({ code: 'http/malformed', detail });
}

/** Le découpeur dit qu'une partie a toujours un nom ; celle qui n'en donne pas n'en a pas. */
function namedPart({ fieldname }: { readonly fieldname?: string }): string {
  return fieldname === undefined ? 'Une partie sans nom' : `La partie « ${excerptOf(fieldname)} »`;
}

function unreadable(): ProblemException {
  return malformed(
    'Le multipart ne se lit pas jusqu’au bout : vérifiez son délimiteur (boundary) et que rien n’a été coupé.',
  );
}

function dossierTooLarge(): ProblemException {
  return new ProblemException({
    code: 'http/too-large',
    detail: 'La partie « dossier » dépasse 1 Mio : elle ne porte que le JSON, les pièces voyagent à part.',
  });
}

/** Compte ce qui passe d'un flux : trop lourd, il échoue, et rien n'en reste sur le disque. */
function tapOf(file: MultipartFile['file'], budget: FilesBudget): Readable {
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      budget.take(chunk.length);
      done(budget.isSpent ? filesTooLarge() : null, chunk);
    },
    flush(done) {
      // Le découpeur s'arrête à sa propre limite sans le dire : un fichier amputé ne doit pas passer pour entier.
      if (file.truncated) budget.isSpent = true;
      done(file.truncated ? filesTooLarge() : null);
    },
  });
  // `pipeline` et non `pipe` : un client qui raccroche au milieu d'un fichier ferait attendre sa suite pour toujours.
  pipeline(file, tap, () => undefined);
  return tap;
}

async function readDossier(source: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > DOSSIER_MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    throw unreadable();
  }
  if (size > DOSSIER_MAX_BYTES) throw dossierTooLarge();
  return readJsonBody(Buffer.concat(chunks), 'La partie « dossier »');
}

async function storeFile(
  part: MultipartFile,
  documents: Pick<DocumentStore, 'put'>,
  budget: FilesBudget,
): Promise<StoredFile> {
  try {
    return { nomFichier: part.filename, ...(await documents.put(tapOf(part.file, budget))) };
  } catch (error) {
    if (error instanceof StoreFailure || error instanceof ProblemException) throw error;
    // Ni le disque ni nos limites : l'envoi lui-même s'est arrêté au milieu du fichier.
    throw unreadable();
  }
}

const LIMITS_REACHED = ['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT'];

function refusalOf(error: { readonly code?: unknown; readonly statusCode?: unknown }): unknown {
  if (LIMITS_REACHED.some((code) => code === error.code)) return tooManyParts();
  if (error.code === 'FST_INVALID_JSON_FIELD_ERROR')
    return malformed('Une partie annoncée en JSON n’est ni le dossier ni un fichier, et ne se lit pas.');
  return typeof error.statusCode === 'number' ? error : unreadable();
}

/** Les parties d'une demande ; ce que le découpeur ne sait pas lire est une demande mal formée, pas un défaut à nous. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts();
  } catch (error) {
    throw refusalOf(error as { readonly code?: unknown; readonly statusCode?: unknown });
  }
}

/**
 * Lit un dépôt en flux : la partie `dossier` en JSON (champ ou fichier), et chaque fichier droit vers le dépôt de documents, sans
 * passer en mémoire ; les parties viennent dans n'importe quel ordre.
 * @throws ProblemException `http/malformed`, `http/too-large`, `http/unsupported-media-type`
 */
export async function readDeposit(
  request: FastifyRequest,
  documents: Pick<DocumentStore, 'put'>,
): Promise<ReceivedDeposit> {
  if (!request.isMultipart()) throw new ProblemException(problemOfStatus(415));
  const fichiers: StoredFile[] = [];
  const dossiers: unknown[] = [];
  const budget = new FilesBudget();
  for await (const part of partsOf(request)) {
    if (part.type !== 'file') throw malformed(`${namedPart(part)} n’est ni le dossier ni un fichier.`);
    if (part.fieldname === 'dossier') dossiers.push(await readDossier(part.file));
    else fichiers.push(await storeFile(part, documents, budget));
  }
  if (dossiers.length > 1)
    throw malformed('La partie « dossier » est donnée plusieurs fois : une demande décrit une délibération.');
  if (dossiers.length === 0)
    throw malformed('La partie « dossier » manque : c’est le JSON qui décrit la délibération.');
  const [dossier] = dossiers;
  const empreinteDemande = createHash('sha256').update(demandeText(dossier, fichiers)).digest('hex');
  return { dossier, fichiers, empreinteDemande };
}
