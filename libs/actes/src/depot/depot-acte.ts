import type { CivilDate } from '@teletransmission/kernel';
import type { IdentifiantActe } from '../identifiant/identifiant-acte';
import type { NumeroInterne } from '../identifiant/numero-interne';
import type { EmetteurCollectivite } from '../messages/messages';
import type { NatureAbregee } from '../nomenclature/natures';
import type { NomenclatureRecue } from '../classification/nomenclature-recue';

/** Un document du dépôt, dont seul le nom compte ici. */
export interface PieceDepot {
  /** Sans le point : `pdf`. */
  readonly extension: string;
  readonly typePiece: string;
  /** Sa signature détachée, telle que le message la porte : un PKCS#7 en PEM. */
  readonly signature?: string;
}

/** Tout ce qu'il faut pour composer un dépôt d'acte (flux 1-1). */
export interface DepotActeInput {
  /** Les trois capitales de l'opérateur. */
  readonly trigramme: string;
  /** `EACT` en production, `TACT` en essai. */
  readonly quadrigramme: string;
  /** Le jour de création de l'enveloppe. */
  readonly jour: CivilDate;
  /** De 1 à 9999, unique pour la collectivité et le jour. */
  readonly numeroEnveloppe: number;
  readonly collectivite: EmetteurCollectivite & { readonly adressesRetour: readonly string[] };
  readonly acte: {
    readonly dateDecision: CivilDate;
    readonly numeroInterne: NumeroInterne;
    readonly nature: NatureAbregee;
    readonly matiere: readonly number[];
    readonly objet: string;
    readonly classificationDateVersion: CivilDate;
    readonly precedentIdentifiant?: IdentifiantActe;
    readonly documentPapier?: boolean;
  };
  readonly document: PieceDepot;
  readonly annexes: readonly PieceDepot[];
  /** La nomenclature de la préfecture, si on l'a reçue : matière et types de pièce s'y tiennent. */
  readonly nomenclature?: NomenclatureRecue | null;
}

export interface FichierXml {
  readonly nom: string;
  readonly octets: Uint8Array;
}

/** Un dépôt composé : ce qu'il faut mettre dans l'archive, dans cet ordre. */
export interface DepotActe {
  readonly nomArchive: string;
  readonly identifiantActe: IdentifiantActe;
  readonly enveloppe: FichierXml;
  readonly message: FichierXml;
  /** Les noms des documents, le principal d'abord, puis les annexes dans leur ordre. */
  readonly documents: readonly string[];
}
