import type { NatureAbregee } from '@teletransmission/actes';
import { checkTypePiece, defaultTypePieceAdmis } from '@teletransmission/actes';
import { composedFileName, excerptOf, namesCited } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import type { CitedPiece, JoinedSignature, Piece, StoredFile } from './deliberation';
import type { DossierReader } from '../demande/dossier';
import { nomsDe } from '../demande/forme';
import { ANNEXES_MAX, PIECE_JOINTE, PIECE_REPRISE } from './deposit-form';
import { fileNameFault } from './file-name-rules';
import type { PieceWeight } from './weight-rules';
import { checkWeight } from './weight-rules';

/** Une pièce demandée, à sa place dans le dossier. */
export interface PieceRequest {
  readonly pointer: string;
  readonly value: unknown;
  readonly isMain: boolean;
}

/** Ce qui se lit d'une pièce demandée. */
interface PieceFields {
  readonly fichier: unknown;
  readonly typePiece: unknown;
  readonly signature: unknown;
  readonly reprend?: unknown;
}

/** Les pièces d'un dossier, et s'il est de ceux qui admettent un XML. */
export interface ReadPieces {
  readonly pieces: readonly CitedPiece[];
  readonly isBudget: boolean | null;
}

/** Un nom se juge en octets ; au-delà de ces caractères, il ne se lit même pas. */
const NAME_MAX_LENGTH = 4_096;

/** Ce à quoi des pièces se mesurent. */
export interface PieceContext {
  readonly fichiers: readonly StoredFile[];
  readonly nature: NatureAbregee | undefined;
  /** La nomenclature de la préfecture : ses types de pièce l'emportent sur les nationaux. */
  readonly classification: Classification | null;
  /** Les pièces de l'acte corrigé, que le dossier peut reprendre par leur rang ; `null` quand on n'en corrige aucun. */
  readonly reprises: readonly Piece[] | null;
}

function readTypePiece(
  reader: DossierReader,
  request: PieceRequest,
  typePiece: unknown,
  { nature, classification }: PieceContext,
): string | undefined {
  if (typePiece === undefined && request.isMain)
    return nature === undefined ? undefined : defaultTypePieceAdmis(nature, classification);
  const text = reader.text(typePiece, `${request.pointer}/typePiece`, 'Le type de la pièce');
  if (text === undefined || nature === undefined) return undefined;
  const checked = checkTypePiece(text, nature, classification);
  if (checked.ok) return checked.value;
  reader.note(`${request.pointer}/typePiece`, checked.problem.code, checked.problem.detail);
  return undefined;
}

/**
 * Lit le document principal puis les annexes, dans l'ordre de la collectivité, et les rapproche des fichiers reçus.
 * Chaque fichier cité doit être là, chaque fichier reçu doit être cité.
 */
export function readPieces(
  reader: DossierReader,
  dossier: { readonly document: unknown; readonly annexes: unknown },
  context: PieceContext,
  matiere: string | undefined,
): ReadPieces {
  const requests: readonly PieceRequest[] = [
    { pointer: '/document', value: dossier.document, isMain: true },
    ...reader
      .list(dossier.annexes, '/annexes', ANNEXES_MAX)
      .map((value, index) => ({ pointer: `/annexes/${index}`, value, isMain: false })),
  ];
  return { pieces: readCitedPieces(reader, requests, context), isBudget: isBudget(context.nature, matiere) };
}

/**
 * Un acte qui admet un document budgétaire en XML : nature BF et matière 7.1 (§2.7).
 * @returns `null` quand l'une des deux, fautive, ne le dit pas.
 */
export function isBudget(nature: NatureAbregee | undefined, matiere: string | undefined): boolean | null {
  if (nature === undefined) return null;
  if (nature !== 'BF') return false;
  return matiere === undefined ? null : /^7\.1(\.|$)/.test(matiere);
}

/** Les champs d'une pièce. Seule une correction en reprend : ailleurs, `reprend` est un champ inconnu. */
function readFields(
  reader: DossierReader,
  { value, pointer }: PieceRequest,
  isCorrection: boolean,
): PieceFields | undefined {
  if (isCorrection) return reader.object(value, pointer, nomsDe(PIECE_REPRISE));
  const joined = reader.object(value, pointer, nomsDe(PIECE_JOINTE));
  return joined && { fichier: joined.fichier, typePiece: joined.typePiece, signature: joined.signature };
}

/** Rapproche des pièces citées et les fichiers reçus, dans l'ordre : chacune la sienne, et aucun de trop. */
export function readCitedPieces(
  reader: DossierReader,
  requests: readonly PieceRequest[],
  context: PieceContext,
): readonly CitedPiece[] {
  const { reprises } = context;
  const fichiers = context.fichiers.map(composed);
  const received: ReceivedFiles = {
    byName: new Map(fichiers.map((file) => [file.nomFichier, file])),
    cited: new Set(),
  };
  const pieces: CitedPiece[] = [];
  const weights: PieceWeight[] = [];
  for (const [rang, request] of requests.entries()) {
    const fields = readFields(reader, request, reprises !== null);
    if (!fields) continue;
    if (fields.reprend !== undefined) {
      const piece = readReprise(reader, { ...request, fields }, rang, context);
      if (!piece) continue;
      weights.push(weightOf(piece, piece.signature));
      pieces.push(piece);
      continue;
    }
    const typePiece = readTypePiece(reader, request, fields.typePiece, context);
    const file = readFile(reader, `${request.pointer}/fichier`, fields.fichier, received);
    const signature = readSignature(reader, request.pointer, fields.signature, received);
    if (!file) continue;
    weights.push(weightOf(file, signature));
    const { pointer, isMain } = request;
    // D'un type fautif, la faute est notée : la pièce n'ira nulle part, mais son contenu se juge avec le reste du dossier.
    pieces.push({ ...file, rang, typePiece: typePiece ?? '', pointer, champ: 'fichier', isMain, signature });
  }
  checkFiles(reader, fichiers, received);
  checkWeight(reader, weights);
  return pieces;
}

/**
 * Une pièce de l'acte corrigé, reprise telle quelle avec sa signature : son rang là-bas suffit, elle ne se joint pas de nouveau.
 * Son type peut changer, puisqu'il est peut-être ce que la préfecture reproche.
 */
function readReprise(
  reader: DossierReader,
  request: PieceRequest & { readonly fields: PieceFields },
  rang: number,
  context: PieceContext,
): CitedPiece | undefined {
  const { pointer, fields } = request;
  const { reprises } = context;
  const piece = reprises?.find((candidate) => candidate.rang === fields.reprend);
  if (!piece) {
    const known = namesCited((reprises ?? []).map((one) => `${one.rang} (${one.nomFichier})`));
    reader.note(`${pointer}/reprend`, 'piece/reprise-unknown', `L'acte corrigé a pour pièces : ${known}.`);
    return undefined;
  }
  if (fields.fichier !== undefined || fields.signature !== undefined) {
    reader.note(
      `${pointer}/reprend`,
      'piece/reprise-and-file',
      'Une pièce reprise vient entière, signature comprise : citez un fichier, ou reprenez la pièce, pas les deux.',
    );
    return undefined;
  }
  const typePiece = readTypePiece(reader, request, fields.typePiece ?? piece.typePiece, context);
  const { isMain } = request;
  const { nomFichier, empreinte, tailleOctets, signature } = piece;
  const kept = { nomFichier, empreinte, tailleOctets, signature };
  return { ...kept, rang, typePiece: typePiece ?? '', pointer, champ: 'reprend', isMain };
}

/** Sous un même nom, quelle que soit la main qui l'a écrit : le nom ne part pas à la préfecture, l'archive a les siens. */
function composed(file: StoredFile): StoredFile {
  return { ...file, nomFichier: composedFileName(file.nomFichier) };
}

function weightOf(file: StoredFile, signature: JoinedSignature | null): PieceWeight {
  return { tailleOctets: file.tailleOctets, signatureOctets: signature?.tailleOctets ?? 0 };
}

/** Les fichiers d'une demande, par leur nom, et ceux que le dossier a déjà cités. */
interface ReceivedFiles {
  readonly byName: ReadonlyMap<string, StoredFile>;
  readonly cited: Set<string>;
}

/** Le fichier joint que le dossier nomme ; chacun n'est cité qu'une fois. */
function readFile(
  reader: DossierReader,
  pointer: string,
  value: unknown,
  { byName, cited }: ReceivedFiles,
): StoredFile | undefined {
  const text = reader.filled(value, pointer, 'Le nom du fichier', NAME_MAX_LENGTH);
  if (text === undefined) return undefined;
  const nomFichier = composedFileName(text);
  const isCitedTwice = cited.has(nomFichier);
  cited.add(nomFichier);
  const fault = fileNameFault(nomFichier);
  if (fault) {
    reader.note(pointer, fault.code, fault.detail);
    return undefined;
  }
  if (isCitedTwice) {
    reader.note(
      pointer,
      'piece/cited-twice',
      `« ${excerptOf(nomFichier)} » est cité deux fois. Chaque pièce a son fichier.`,
    );
    return undefined;
  }
  const file = byName.get(nomFichier);
  if (!file) {
    reader.note(
      pointer,
      'piece/missing',
      `Le fichier « ${excerptOf(nomFichier)} » n'a pas été joint. Fichiers reçus : ${namesCited([...byName.keys()]) || 'aucun'}.`,
    );
  }
  return file;
}

/** La signature détachée que le dossier nomme, si la pièce en a une. Ce qu'elle vaut se vérifie ensuite. */
function readSignature(
  reader: DossierReader,
  pointer: string,
  value: unknown,
  received: ReceivedFiles,
): JoinedSignature | null {
  if (value === undefined || value === null) return null;
  const file = readFile(reader, `${pointer}/signature`, value, received);
  return file
    ? { nomFichier: file.nomFichier, empreinte: file.empreinte, tailleOctets: file.tailleOctets }
    : null;
}

/** Chaque fichier reçu est cité, et n'est reçu qu'une fois. Le nom d'un fichier cité s'est déjà jugé là où il l'est. */
function checkFiles(reader: DossierReader, fichiers: readonly StoredFile[], { cited }: ReceivedFiles): void {
  const seen = new Set<string>();
  for (const { nomFichier } of fichiers) {
    const isKnown = seen.has(nomFichier);
    seen.add(nomFichier);
    const name = excerptOf(nomFichier);
    if (isKnown) {
      reader.note(
        '',
        'piece/received-twice',
        `Deux fichiers reçus se nomment « ${name} ». Renommez l'un des deux.`,
      );
    }
    if (cited.has(nomFichier)) continue;
    const fault = fileNameFault(nomFichier) ?? {
      code: 'piece/not-cited',
      detail: `Le fichier « ${name} » a été joint mais le dossier ne le cite pas.`,
    };
    reader.note('', fault.code, fault.detail);
  }
}
