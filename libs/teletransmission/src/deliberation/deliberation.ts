import type { IdentifiantActe, NatureAbregee, NumeroInterne } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { CollectiviteId, CompteId, DeliberationId, Empreinte } from '../ids';
import type { Vote } from './vote';

export const FORMATS = ['pdf', 'png', 'jpg', 'xml'] as const;

/** Les formats que la norme admet, reconnus au contenu et non au nom. */
export type Format = (typeof FORMATS)[number];

/** Ce qu'un document ouvert a d'inhabituel sans qu'il faille le refuser. */
export const REMARQUES_PIECE = [
  'octets-avant-le-pdf',
  'octets-apres-la-fin',
  'table-reconstruite',
  'sceau-non-verifie',
] as const;

export type RemarquePiece = (typeof REMARQUES_PIECE)[number];

/** Un fichier déjà rangé dans le dépôt de documents, pas encore ouvert. */
export interface StoredFile {
  readonly nomFichier: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Le fichier de signature détachée joint à une pièce, tel que reçu (PEM, DER ou base64). */
export interface JoinedSignature {
  readonly nomFichier: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Une signature vérifiée au dépôt. Qui a signé ne se garde pas ici : le fichier le dit. */
export interface PieceSignature extends JoinedSignature {
  /** Celui du certificat, en hexadécimal. */
  readonly numeroSerie: string;
  readonly algorithme: string;
  /** `false` : aucune autorité de confiance n'était réglée, la chaîne n'a pas été remontée. */
  readonly isChaineVerifiee: boolean;
}

/** Une pièce d'une délibération : le rang 0 est le document principal, les annexes suivent dans l'ordre de la collectivité. */
export interface Piece {
  readonly rang: number;
  readonly typePiece: string;
  readonly nomFichier: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
  readonly format: Format;
  /** Ce que son ouverture a montré ; `null` : déposée avant qu'on ouvre les documents. */
  readonly remarques: readonly RemarquePiece[] | null;
  readonly signature: PieceSignature | null;
}

/** Une pièce telle que le dossier la cite : ni ouverte, ni sa signature vérifiée. */
export interface CitedPiece extends Omit<Piece, 'format' | 'remarques' | 'signature'> {
  /** Sa place dans le dossier, en pointeur JSON, et le champ qui l'y désigne. */
  readonly pointer: string;
  readonly champ: 'fichier' | 'reprend';
  readonly isMain: boolean;
  readonly signature: JoinedSignature | null;
}

/** Une délibération adoptée, telle que déposée : elle ne change plus. */
export interface Deliberation {
  readonly id: DeliberationId;
  readonly collectiviteId: CollectiviteId;
  readonly identifiantActe: IdentifiantActe;
  readonly numeroInterne: NumeroInterne;
  readonly nature: NatureAbregee;
  readonly dateDecision: CivilDate;
  readonly objet: string;
  readonly matiere: string;
  readonly vote: Vote;
  readonly pieces: readonly Piece[];
  readonly deposeeLe: Instant;
  readonly deposeePar: CompteId;
  /** L'acte arrêté dont celui-ci est la correction. */
  readonly corrigeId: DeliberationId | null;
  /** L'instant avant lequel l'acte ne doit pas partir. */
  readonly pasAvant: Instant | null;
}
