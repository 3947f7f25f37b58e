import { NATURES } from '@teletransmission/actes';
import {
  BOOLEEN,
  COMPTE,
  facultatif,
  FIELD_MAX_LENGTH,
  nullable,
  objet,
  requis,
  TEXTE_COURT,
} from '../demande/forme';
import type { Forme } from '../demande/forme';
import { MOTIF_MAX, MOTIF_MIN } from '../problems';
import { FILE_NAME_MAX_BYTES } from './file-name-rules';

/** Longueur du type de l'élément `Objet`, en caractères. */
export const OBJET_MAX = 500;
/** Ce qu'un acte porte d'annexes, ou une réponse de documents. */
export const ANNEXES_MAX = 200;
/** Ce qu'on reprend d'un acte corrigé : son document, ou une de ses annexes. */
const RANG_MAX = ANNEXES_MAX;

const [first, ...others] = NATURES.map(({ abrege }) => abrege);
const NATURE = { ...TEXTE_COURT, parmi: [first ?? 'DE', ...others] } as const satisfies Forme;
const JOUR = { genre: 'texte', min: 1, max: FIELD_MAX_LENGTH, estUnJour: true } as const satisfies Forme;
const NOM = { genre: 'texte', min: 1, max: FILE_NAME_MAX_BYTES } as const satisfies Forme;
const RANG = { genre: 'entier', min: 0, max: RANG_MAX } as const satisfies Forme;

const fichier = 'Le nom d’un fichier joint';
const signature = nullable(NOM, 'Fichier joint de sa signature détachée PKCS#7 : PEM, DER ou base64');
const annexes = (de: Forme): Forme => ({ genre: 'liste', min: 0, max: ANNEXES_MAX, de });

/** Le document d'un acte : son type peut se déduire de la nature. */
const DOCUMENT = objet({
  fichier: requis(NOM, fichier),
  typePiece: facultatif(TEXTE_COURT, 'Celui de la nature, quand il manque'),
  signature,
});

/** Une annexe, ou un document d'une réponse. */
export const PIECE_JOINTE = objet({
  fichier: requis(NOM, fichier),
  typePiece: requis(TEXTE_COURT, 'De la nomenclature de la préfecture'),
  signature,
});

/** Une pièce d'une correction : jointe, ou reprise de l'acte corrigé. */
export const PIECE_REPRISE = objet({
  fichier: facultatif(NOM, `${fichier}, si elle n’est pas reprise`),
  reprend: facultatif(RANG, 'Rang d’une pièce de l’acte corrigé, reprise telle quelle au lieu d’un fichier'),
  typePiece: facultatif(TEXTE_COURT, 'Celui de la pièce reprise, quand il manque'),
  signature,
});

/** Le vote d'une délibération adoptée. */
export const VOTE = objet({
  votants: requis(COMPTE),
  pour: requis(COMPTE),
  contre: requis(COMPTE),
  abstentions: requis(COMPTE),
  blancs: nullable(COMPTE),
  nuls: nullable(COMPTE),
  voixPreponderante: facultatif(BOOLEEN, 'La voix du président a départagé'),
});

const ACTE = {
  collectivite: requis(TEXTE_COURT, 'SIREN de la collectivité, 9 chiffres'),
  numeroInterne: requis({ genre: 'texte', min: 1, max: 15 }, 'Numéro de l’acte, au plus 15 caractères'),
  nature: facultatif(NATURE, 'DE par défaut'),
  dateDecision: requis(JOUR, 'Jour civil, AAAA-MM-JJ, dans le fuseau de la collectivité'),
  objet: requis({ genre: 'texte', min: 1, max: OBJET_MAX }, 'Au plus 500 caractères, sur une ligne'),
  matiere: requis(TEXTE_COURT, 'Code de la nomenclature, par exemple 8.1'),
  vote: requis(VOTE),
  reprendNumeroAnnule: facultatif(
    BOOLEEN,
    'Vrai : ce numéro est celui d’un acte transmis puis annulé, et vous le voulez',
  ),
  pasAvant: nullable(
    TEXTE_COURT,
    'Ne pas transmettre avant : instant avec décalage, ou jour de la collectivité ; un an au plus. Absent d’une correction, la date de l’acte corrigé, encore à venir, est gardée ; nul, elle est ôtée',
  ),
};

/** Le dossier d'une délibération adoptée, tel qu'il se dépose. */
export const DEPOT = objet({
  ...ACTE,
  document: requis(DOCUMENT),
  annexes: facultatif(annexes(PIECE_JOINTE)),
});

/** Celui d'une correction : un dossier de dépôt entier, son motif, et des pièces qui peuvent se reprendre. */
export const CORRECTION = objet({
  ...ACTE,
  document: requis(PIECE_REPRISE),
  annexes: facultatif(annexes(PIECE_REPRISE)),
  motif: requis({ genre: 'texte', min: MOTIF_MIN, max: MOTIF_MAX }, 'Ce qui est corrigé, et pourquoi'),
});
