import type { CivilDate } from '@teletransmission/kernel';
import type { Departement } from '../identifiant/departement';
import type { IdentifiantActe } from '../identifiant/identifiant-acte';
import type { NumeroInterne } from '../identifiant/numero-interne';
import type { Siren } from '../identifiant/siren';
import type { CodeNature, NatureAbregee } from '../nomenclature/natures';

/** Un fichier nommé par un message (type `FichierSigne`), et sa signature détachée s'il y en a une. */
export interface FichierSigne {
  readonly nomFichier: string;
  readonly signature?: string;
}

/** Le contenu d'un acte (type `DonneesActe`), tel qu'il part et tel qu'il revient dans un accusé. */
export interface DonneesActe {
  readonly dateDecision: CivilDate;
  readonly numeroInterne: NumeroInterne;
  readonly codeNature: CodeNature;
  /** De deux à cinq niveaux. */
  readonly matiere: readonly number[];
  /** Au plus 500 caractères, sur une ligne. */
  readonly objet: string;
  readonly precedentIdentifiant?: IdentifiantActe;
  readonly classificationDateVersion: CivilDate;
  readonly document: FichierSigne;
  readonly annexes: readonly FichierSigne[];
  /** Vrai si le document part aussi par la poste. */
  readonly documentPapier: boolean;
}

export interface ActeMessage extends DonneesActe {
  readonly flux: '1-1';
}

export interface ARActeMessage {
  readonly flux: '1-2';
  readonly identifiantActe: IdentifiantActe;
  /** La date légale de réception par le représentant de l'État. */
  readonly dateReception: CivilDate;
  readonly acteRecu: DonneesActe;
  readonly classificationDateVersionEnCours: CivilDate;
}

export interface AnomalieActeMessage {
  readonly flux: '1-3';
  readonly date: CivilDate;
  /** Trois chiffres. */
  readonly nature: string;
  readonly detail?: string;
  readonly acteRecu: DonneesActe;
  readonly classificationDateVersionEnCours: CivilDate;
}

/** Ce qui désigne une lettre de la préfecture : l'acte, et la date portée par la lettre (type `DonneesCourrierPref`). */
export interface CourrierPref {
  readonly identifiantActe: IdentifiantActe;
  /** Dans une réponse : la date de la lettre à laquelle on répond, jamais celle du jour. */
  readonly dateCourrierPref: CivilDate;
}

export interface CourrierAvecDocument<F extends '2-1' | '2-2' | '3-3' | '4-3' | '4-4'> extends CourrierPref {
  readonly flux: F;
  readonly document: FichierSigne;
}

export type CourrierSimpleMessage = CourrierAvecDocument<'2-1'>;
export type ReponseCourrierSimpleMessage = CourrierAvecDocument<'2-2'>;
export type RefusPieceComplementaireMessage = CourrierAvecDocument<'3-3'>;
export type RejetLettreObservationsMessage = CourrierAvecDocument<'4-3'>;
export type ReponseLettreObservationsMessage = CourrierAvecDocument<'4-4'>;

export interface DemandePieceComplementaireMessage extends CourrierPref {
  readonly flux: '3-1';
  readonly descriptionPieces: string;
  readonly document: FichierSigne;
}

export interface LettreObservationsMessage extends CourrierPref {
  readonly flux: '4-1';
  readonly motif: string;
  readonly document: FichierSigne;
}

export interface ARDemandePieceComplementaireMessage extends CourrierPref {
  readonly flux: '3-2';
}

export interface ARLettreObservationsMessage extends CourrierPref {
  readonly flux: '4-2';
}

export interface PieceComplementaireMessage extends CourrierPref {
  readonly flux: '3-4';
  /** Un au moins. */
  readonly documents: readonly FichierSigne[];
}

export interface ARPieceComplementaireMessage {
  readonly flux: '3-5';
  readonly dateReception: CivilDate;
  readonly infosCourrierPref: CourrierPref;
}

export interface ARReponseRejetLettreObservationsMessage {
  readonly flux: '4-5';
  readonly dateReception: CivilDate;
  readonly infosCourrierPref: CourrierPref;
}

export interface DefereTAMessage {
  readonly flux: '5-1';
  readonly identifiantActe: IdentifiantActe;
  readonly dateDepot: CivilDate;
  readonly natureIllegalite: string;
  readonly piecesJointes: readonly FichierSigne[];
}

export interface AnnulationMessage {
  readonly flux: '6-1';
  readonly identifiantActe: IdentifiantActe;
}

export interface ARAnnulationMessage {
  readonly flux: '6-2';
  readonly identifiantActe: IdentifiantActe;
  readonly dateReception: CivilDate;
}

export interface DemandeClassificationMessage {
  readonly flux: '7-1';
  /** Date de la version détenue ; absente pour forcer un envoi complet. */
  readonly dateClassification?: CivilDate;
}

export interface NatureClassification {
  readonly code?: CodeNature;
  readonly libelle: string;
  readonly abrege: NatureAbregee;
  readonly typesPiece: readonly { readonly code: string; readonly libelle: string }[];
}

/** Une branche de la classification d'une préfecture. `code` est local à la branche parente. */
export interface MatiereClassification {
  readonly code: number;
  readonly libelle: string;
  readonly matieres: readonly MatiereClassification[];
}

export interface RetourClassificationMessage {
  readonly flux: '7-2';
  readonly dateClassification: CivilDate;
  readonly natures: readonly NatureClassification[];
  readonly matieres: readonly MatiereClassification[];
}

export interface ReponseClassificationSansChangementMessage {
  readonly flux: '7-3';
  readonly dateClassification: CivilDate;
}

/** Tous les messages métier, distingués par `flux`. */
export type MessageMetier =
  | ActeMessage
  | ARActeMessage
  | AnomalieActeMessage
  | CourrierSimpleMessage
  | ReponseCourrierSimpleMessage
  | DemandePieceComplementaireMessage
  | ARDemandePieceComplementaireMessage
  | RefusPieceComplementaireMessage
  | PieceComplementaireMessage
  | ARPieceComplementaireMessage
  | LettreObservationsMessage
  | ARLettreObservationsMessage
  | RejetLettreObservationsMessage
  | ReponseLettreObservationsMessage
  | ARReponseRejetLettreObservationsMessage
  | DefereTAMessage
  | AnnulationMessage
  | ARAnnulationMessage
  | DemandeClassificationMessage
  | RetourClassificationMessage
  | ReponseClassificationSansChangementMessage;

export interface Referent {
  readonly nom?: string;
  readonly telephone?: string;
  readonly email?: string;
}

/** Qui émet une enveloppe vers l'État (élément `IDCL`, puis `Referent`). */
export interface EmetteurCollectivite {
  readonly siren: Siren;
  readonly departement: Departement;
  /** Un chiffre. */
  readonly arrondissement: string;
  /** Forme juridique, sur deux chiffres : `31` pour une commune. */
  readonly natureCollectivite: string;
  readonly referent?: Referent;
}

/** L'enveloppe de la collectivité vers l'État (`EnveloppeCLMISILL`). */
export interface EnveloppeAller {
  readonly emetteur: EmetteurCollectivite;
  readonly adressesRetour: readonly string[];
  readonly formulaires: readonly FichierSigne[];
}

/** Qui émet une enveloppe vers la collectivité : SGAR, préfecture, ou sous-préfecture et son arrondissement. */
export type EmetteurService = { readonly departement: Departement; readonly referent?: Referent } & (
  { readonly service: 'SGAR' | 'PREF' } | { readonly service: 'SPREF'; readonly arrondissement: string }
);

/** L'enveloppe de l'État vers la collectivité (`EnveloppeMISILLCL`). */
export interface EnveloppeRetour {
  readonly emetteur: EmetteurService;
  readonly formulaires: readonly FichierSigne[];
  readonly destinataire: Siren;
}

/** Le rejet d'une enveloppe entière (`AnomalieEnveloppe`) : il voyage seul, sans enveloppe. */
export interface AnomalieEnveloppe {
  readonly date: CivilDate;
  /** `001` à `005`, ou `100`. */
  readonly nature: string;
  readonly detail?: string;
  readonly enveloppeRecue: EnveloppeAller;
}
