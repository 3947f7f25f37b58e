import type { NatureAbregee } from '@teletransmission/actes';
import { ARCHIVE_MAX_BYTES, checkTypePiece, defaultTypePieceAdmis } from '@teletransmission/actes';
import { composedFileName, damageOf } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import type { CitedPiece, JoinedSignature, Piece, StoredFile } from './deliberation';
import type { DossierReader } from './dossier';

/** Une pièce demandée, à sa place dans le dossier. */
export interface PieceRequest {
  readonly pointer: string;
  readonly value: unknown;
  readonly isMain: boolean;
}

/** Les pièces d'un dossier, et s'il est de ceux qui admettent un XML. */
export interface ReadPieces {
  readonly pieces: readonly CitedPiece[];
  readonly isBudget: boolean | null;
}

const FIELDS = ['fichier', 'typePiece', 'signature'];
const RESUMABLE_FIELDS = [...FIELDS, 'reprend'];

/** Un message se lit jusqu'à 8 Mio : ses signatures, en base64, en laissent la moitié au reste. */
const SIGNATURES_MAX_BYTES = 3 * 1024 * 1024;

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
  dossier: Readonly<Record<string, unknown>>,
  context: PieceContext,
  matiere: string | undefined,
): ReadPieces {
  const requests: readonly PieceRequest[] = [
    { pointer: '/document', value: dossier.document, isMain: true },
    ...reader
      .list(dossier.annexes, '/annexes')
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

/** Rapproche des pièces citées et les fichiers reçus, dans l'ordre : chacune la sienne, et aucun de trop. */
export function readCitedPieces(
  reader: DossierReader,
  requests: readonly PieceRequest[],
  context: PieceContext,
): readonly CitedPiece[] {
  const { reprises } = context;
  const fichiers = context.fichiers.map(composed);
  const cited = new Set<string>();
  const resumed = new Set<number>();
  const pieces: CitedPiece[] = [];
  for (const [rang, request] of requests.entries()) {
    const fields = reader.object(request.value, request.pointer, reprises ? RESUMABLE_FIELDS : FIELDS);
    if (!fields) continue;
    if (reprises && fields.reprend !== undefined) {
      const piece = readReprise(reader, { ...request, fields }, rang, context, resumed);
      if (piece) pieces.push(piece);
      continue;
    }
    const typePiece = readTypePiece(reader, request, fields.typePiece, context);
    const file = readFile(reader, `${request.pointer}/fichier`, fields.fichier, fichiers, cited);
    const signature = readSignature(reader, request.pointer, fields.signature, fichiers, cited);
    if (!file) continue;
    const { pointer, isMain } = request;
    // D'un type fautif, la faute est notée : la pièce n'ira nulle part, mais son contenu se juge avec le reste du dossier.
    pieces.push({ ...file, rang, typePiece: typePiece ?? '', pointer, champ: 'fichier', isMain, signature });
  }
  checkFiles(
    reader,
    fichiers,
    cited,
    pieces.filter(({ rang }) => resumed.has(rang)),
  );
  checkSignaturesWeight(reader, pieces);
  return pieces;
}

/**
 * Une pièce de l'acte corrigé, reprise telle quelle avec sa signature : son rang là-bas suffit, elle ne se joint pas de nouveau.
 * Son type peut changer, puisqu'il est peut-être ce que la préfecture reproche.
 * @param resumed les rangs, dans la correction, des pièces reprises
 */
function readReprise(
  reader: DossierReader,
  request: PieceRequest & { readonly fields: Readonly<Record<string, unknown>> },
  rang: number,
  context: PieceContext,
  resumed: Set<number>,
): CitedPiece | undefined {
  const { pointer, fields } = request;
  const { reprises } = context;
  const piece = reprises?.find((candidate) => candidate.rang === fields.reprend);
  if (!piece) {
    const known = (reprises ?? []).map((one) => `${one.rang} (${one.nomFichier})`).join(', ');
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
  resumed.add(rang);
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

/** Le fichier joint que le dossier nomme ; chacun n'est cité qu'une fois. */
function readFile(
  reader: DossierReader,
  pointer: string,
  value: unknown,
  fichiers: readonly StoredFile[],
  cited: Set<string>,
): StoredFile | undefined {
  const text = reader.text(value, pointer, 'Le nom du fichier');
  if (text === undefined) return undefined;
  const nomFichier = composedFileName(text);
  if (/\p{Cc}/u.test(nomFichier)) {
    reader.note(
      pointer,
      'piece/name-refused',
      'Ce nom de fichier porte un caractère de contrôle : renommez-le.',
    );
    return undefined;
  }
  if (cited.has(nomFichier)) {
    reader.note(
      pointer,
      'piece/cited-twice',
      `« ${nomFichier} » est cité deux fois. Chaque pièce a son fichier.`,
    );
    return undefined;
  }
  cited.add(nomFichier);
  const file = fichiers.find((candidate) => candidate.nomFichier === nomFichier);
  if (!file) {
    reader.note(
      pointer,
      'piece/missing',
      `Le fichier « ${nomFichier} » n'a pas été joint. Fichiers reçus : ${fichiers.map((f) => f.nomFichier).join(', ') || 'aucun'}.`,
    );
  }
  return file;
}

/** La signature détachée que le dossier nomme, si la pièce en a une. Ce qu'elle vaut se vérifie ensuite. */
function readSignature(
  reader: DossierReader,
  pointer: string,
  value: unknown,
  fichiers: readonly StoredFile[],
  cited: Set<string>,
): JoinedSignature | null {
  if (value === undefined || value === null) return null;
  const file = readFile(reader, `${pointer}/signature`, value, fichiers, cited);
  return file
    ? { nomFichier: file.nomFichier, empreinte: file.empreinte, tailleOctets: file.tailleOctets }
    : null;
}

/** Les signatures voyagent dans le message, pas dans l'archive : ensemble, elles ne doivent pas le rendre illisible. */
function checkSignaturesWeight(reader: DossierReader, pieces: readonly CitedPiece[]): void {
  const total = pieces.reduce((sum, { signature }) => sum + (signature?.tailleOctets ?? 0), 0);
  if (total <= SIGNATURES_MAX_BYTES) return;
  reader.note(
    '',
    'piece/signatures-too-large',
    `Les signatures pèsent ${total} octets ensemble ; un message n'en porte pas plus de ${SIGNATURES_MAX_BYTES}. Joignez des signatures sans preuves de révocation.`,
  );
}

function checkFiles(
  reader: DossierReader,
  fichiers: readonly StoredFile[],
  cited: ReadonlySet<string>,
  reprises: readonly CitedPiece[],
): void {
  const seen = new Set<string>();
  for (const file of fichiers) {
    if (seen.has(file.nomFichier)) {
      reader.note(
        '',
        'piece/received-twice',
        `Deux fichiers reçus se nomment « ${file.nomFichier} ». Renommez l'un des deux.`,
      );
    }
    seen.add(file.nomFichier);
    if (damageOf(file.nomFichier) !== undefined) {
      reader.note(
        '',
        'piece/name-refused',
        `Le nom du fichier reçu « ${file.nomFichier} » n'est pas en UTF-8, ou a déjà perdu un caractère. Envoyez les noms de fichiers en UTF-8.`,
      );
      continue;
    }
    if (!cited.has(file.nomFichier)) {
      reader.note(
        '',
        'piece/not-cited',
        `Le fichier « ${file.nomFichier} » a été joint mais le dossier ne le cite pas.`,
      );
    }
  }
  const total = [...fichiers, ...reprises].reduce((sum, file) => sum + file.tailleOctets, 0);
  if (total > ARCHIVE_MAX_BYTES) {
    reader.note(
      '',
      'piece/too-large',
      `Les fichiers pèsent ${total} octets ; une archive n'en porte pas plus de ${ARCHIVE_MAX_BYTES} (150 Mio). Allégez les annexes.`,
    );
  }
}
