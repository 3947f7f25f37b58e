import type { CivilDate } from '@teletransmission/kernel';
import type { IdentifiantActe } from '../identifiant/identifiant-acte';
import type { Flux } from '../noms/flux';
import type { FichierSigne, MatiereClassification, Referent } from './messages';
import type { Ecart } from '../xml/ecart';

/*
 * Ce qu'une lecture tolérante a pu tirer d'un message. Un champ absent n'était pas lisible : la lecture le dit dans ses
 * écarts. Les textes sont gardés tels quels.
 */

/** Un identifiant reçu : normalisé quand il se lit, et toujours le texte d'origine. */
export interface IdentifiantLu {
  readonly identifiantActe?: IdentifiantActe;
  readonly identifiantBrut?: string;
}

/** La date d'un accusé : son jour, ou le texte reçu quand ce n'en est pas un. */
export interface DateReceptionLue {
  readonly dateReception?: CivilDate;
  readonly dateReceptionBrute?: string;
}

export interface DonneesActeLues {
  readonly dateDecision?: CivilDate;
  readonly numeroInterne?: string;
  readonly codeNature?: number;
  readonly matiere: readonly number[];
  readonly objet?: string;
  readonly precedentIdentifiant?: string;
  readonly classificationDateVersion?: CivilDate;
  readonly document?: FichierSigne;
  readonly annexes: readonly FichierSigne[];
  /** `actes:Nombre`, tel qu'annoncé ; à confronter au nombre d'annexes. */
  readonly nombreAnnexes?: number;
  /** Absent quand l'élément manque, est vide ou ne dit ni oui ni non. */
  readonly documentPapier?: boolean;
}

export interface ActeLu extends DonneesActeLues {
  readonly flux: '1-1';
}

export interface ARActeLu extends IdentifiantLu, DateReceptionLue {
  readonly flux: '1-2';
  readonly acteRecu?: DonneesActeLues;
  readonly classificationDateVersionEnCours?: CivilDate;
}

export interface AnomalieActeLue {
  readonly flux: '1-3';
  readonly date?: CivilDate;
  /** Sur trois chiffres quand c'est un nombre ; sinon le texte reçu. */
  readonly nature: string;
  readonly detail: string;
  readonly acteRecu?: DonneesActeLues;
  readonly classificationDateVersionEnCours?: CivilDate;
}

export interface CourrierPrefLu extends IdentifiantLu {
  readonly dateCourrierPref?: CivilDate;
}

export interface CourrierLu<F extends Flux> extends CourrierPrefLu {
  readonly flux: F;
  /** Les fichiers nommés : un seul, sauf pour 3-4. */
  readonly documents: readonly FichierSigne[];
  /** `DescriptionPieces` (3-1) ou `Motif` (4-1). */
  readonly texte?: string;
}

export interface ARReponseLu<F extends '3-5' | '4-5'> extends DateReceptionLue {
  readonly flux: F;
  readonly infosCourrierPref: CourrierPrefLu;
}

export interface DefereTALu extends IdentifiantLu {
  readonly flux: '5-1';
  readonly dateDepot?: CivilDate;
  readonly natureIllegalite?: string;
  readonly piecesJointes: readonly FichierSigne[];
}

export interface AnnulationLue extends IdentifiantLu {
  readonly flux: '6-1';
}

export interface ARAnnulationLu extends IdentifiantLu, DateReceptionLue {
  readonly flux: '6-2';
}

export interface ClassificationDatee<F extends '7-1' | '7-3'> {
  readonly flux: F;
  readonly dateClassification?: CivilDate;
}

export interface NatureClassificationLue {
  readonly code?: number;
  readonly libelle: string;
  readonly abrege: string;
  readonly typesPiece: readonly { readonly code: string; readonly libelle: string }[];
}

export interface RetourClassificationLu {
  readonly flux: '7-2';
  readonly dateClassification?: CivilDate;
  readonly natures: readonly NatureClassificationLue[];
  readonly matieres: readonly MatiereClassification[];
}

export interface EmetteurLu {
  readonly siren?: string;
  readonly departement?: string;
  readonly arrondissement?: string;
  readonly natureCollectivite?: string;
  readonly referent?: Referent;
}

export interface EnveloppeAllerLue {
  readonly emetteur: EmetteurLu;
  readonly adressesRetour: readonly string[];
  readonly formulaires: readonly FichierSigne[];
}

export interface EnveloppeRetourLue {
  readonly emetteur: {
    readonly service?: 'SGAR' | 'PREF' | 'SPREF';
    readonly departement?: string;
    readonly arrondissement?: string;
    readonly referent?: Referent;
  };
  readonly formulaires: readonly FichierSigne[];
  /** Le SIREN de la collectivité destinataire. */
  readonly destinataire?: string;
}

export interface AnomalieEnveloppeLue {
  readonly date?: CivilDate;
  /** Sur trois chiffres quand c'est un nombre ; sinon le texte reçu. */
  readonly nature: string;
  readonly detail: string;
  readonly enveloppeRecue?: EnveloppeAllerLue;
}

/** Ce que rend la lecture, par type de document. */
export interface MessagesLus {
  readonly '1-1': ActeLu;
  readonly '1-2': ARActeLu;
  readonly '1-3': AnomalieActeLue;
  readonly '2-1': CourrierLu<'2-1'>;
  readonly '2-2': CourrierLu<'2-2'>;
  readonly '3-1': CourrierLu<'3-1'>;
  readonly '3-2': CourrierLu<'3-2'>;
  readonly '3-3': CourrierLu<'3-3'>;
  readonly '3-4': CourrierLu<'3-4'>;
  readonly '3-5': ARReponseLu<'3-5'>;
  readonly '4-1': CourrierLu<'4-1'>;
  readonly '4-2': CourrierLu<'4-2'>;
  readonly '4-3': CourrierLu<'4-3'>;
  readonly '4-4': CourrierLu<'4-4'>;
  readonly '4-5': ARReponseLu<'4-5'>;
  readonly '5-1': DefereTALu;
  readonly '6-1': AnnulationLue;
  readonly '6-2': ARAnnulationLu;
  readonly '7-1': ClassificationDatee<'7-1'>;
  readonly '7-2': RetourClassificationLu;
  readonly '7-3': ClassificationDatee<'7-3'>;
  readonly 'enveloppe-aller': EnveloppeAllerLue;
  readonly 'enveloppe-retour': EnveloppeRetourLue;
  readonly 'anomalie-enveloppe': AnomalieEnveloppeLue;
}

export type TypeXml = keyof MessagesLus;

export interface LectureDe<T extends TypeXml> {
  readonly type: T;
  /** Nom local de l'élément racine. */
  readonly racine: string;
  /** Comment les octets ont été décodés : `ISO-8859-1`, `UTF-8`, `windows-1252`, `ISO-8859-15`, `UTF-16`… */
  readonly encodage: string;
  readonly message: MessagesLus[T];
  readonly ecarts: readonly Ecart[];
}

/** Une lecture ; `type` distingue les messages. */
export type LectureXml = { readonly [T in TypeXml]: LectureDe<T> }[TypeXml];
