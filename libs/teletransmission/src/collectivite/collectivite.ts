import type { Departement, Siren } from '@teletransmission/actes';
import type { CivilDate, TimeZone } from '@teletransmission/kernel';
import type { CollectiviteId } from '../ids';

/** Celui qui répond des actes auprès de la préfecture (élément `Referent` de l'enveloppe). */
export interface Referent {
  readonly nom?: string;
  readonly telephone?: string;
  readonly email?: string;
}

/** L'émettrice des actes, avec ce que l'enveloppe dit d'elle (`IDCL`) et ses réglages. */
export interface Collectivite {
  readonly id: CollectiviteId;
  readonly siren: Siren;
  readonly nom: string;
  readonly departement: Departement;
  readonly arrondissement: string;
  readonly natureCollectivite: string;
  readonly fuseau: TimeZone;
  readonly referent: Referent;
  readonly adressesRetour: readonly string[];
  /** Version de la nomenclature que porte chaque acte (`ClassificationDateVersion`). */
  readonly classificationDateVersion: CivilDate;
  /** Certains opérateurs refusent le tiret dans `NumeroInterne` : il se demande. */
  readonly tiretsPermis: boolean;
  /** La collectivité met ses actes en ligne d'elle-même dès l'accusé de réception : la date de publication en découle. */
  readonly publicationAutomatique: boolean;
  /** Le modèle d'adresse de ses actes sur son site ; sans lui, rien ne se publie de soi-même. */
  readonly adresseDesActes: string | null;
  /** Ce que ses documents déposés pèsent au plus, ensemble, en octets ; `null` : sans limite. */
  readonly quotaOctets: number | null;
}
