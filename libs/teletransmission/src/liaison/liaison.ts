import type { LiaisonId } from '../ids';
import type { DepositRules } from './deposit-rules';

/** Par quoi une liaison parle : chaque genre a son adaptateur, et lui seul sait son protocole. */
export const GENRES_DE_LIAISON = ['directe'] as const;
export type GenreDeLiaison = (typeof GENRES_DE_LIAISON)[number];

/** Ce qu'une liaison prend : l'archive scellée, ou les fichiers qu'elle contient. */
export const COLIS = ['archive', 'pieces'] as const;
export type Colis = (typeof COLIS)[number];

/** Où ses retours se relèvent : dans une boîte, ou transaction par transaction. */
export const RELEVES = ['boite', 'transaction'] as const;
export type ModeDeReleve = (typeof RELEVES)[number];

/** Ce qui tient à l'opérateur d'en face, et change ce que nous faisons. */
export interface LiaisonTraits {
  readonly prend: Colis;
  readonly releve: ModeDeReleve;
  /** Elle sait dire qu'elle n'a rien reçu. Sinon une réponse perdue le reste : deux personnes tranchent, rien ne repart seul. */
  readonly prouveAbsence: boolean;
  /** Elle accuse elle-même les lettres de la préfecture : nos 3-2 et 4-2 les doubleraient. */
  readonly accuseLettres: boolean;
  /** Un numéro qu'elle a refusé ne sert plus : l'acte se corrige sous un autre, il ne se remet pas en file. */
  readonly bruleNumeros: boolean;
}

/** `fermee` : plus aucune collectivité ne s'y relie ; ce qui y est déjà parti y finit sa vie. */
export const ETATS_DE_LIAISON = ['ouverte', 'fermee'] as const;
export type EtatDeLiaison = (typeof ETATS_DE_LIAISON)[number];

/** Ce que l'adaptateur d'une liaison lit de sa ligne. Aucun secret : ils viennent des réglages du processus. */
export interface LiaisonSettings {
  /** L'adresse de l'autre bout ; `null` : celle que le processus connaît. */
  readonly url: string | null;
  /** Ce qui sépare au moins deux questions sur la même transaction, en millisecondes. */
  readonly sondagePeriodeMs: number | null;
}

/** Le chemin que prennent les actes d'une collectivité : un opérateur, et le compte que nous y avons. */
export interface Liaison {
  readonly id: LiaisonId;
  readonly genre: GenreDeLiaison;
  readonly nom: string;
  /** Sous quel compte nous nous y présentons ; `null` : elle n'en distingue pas. */
  readonly compte: string | null;
  readonly traits: LiaisonTraits;
  readonly regles: DepositRules;
  readonly reglages: LiaisonSettings;
  readonly etat: EtatDeLiaison;
  /** Celle que reçoit une collectivité à son inscription. Une seule l'est. */
  readonly parDefaut: boolean;
}

/** Un nom court qui se met dans une clé, une adresse et un réglage. */
const ID = /^[a-z][a-z0-9-]{0,31}$/;

/** Une autre forme ne va pas jusqu'à la base : aucune liaison ne s'appelle ainsi. */
export function parseLiaisonId(text: string): LiaisonId | null {
  return ID.test(text) ? (text as LiaisonId) : null;
}

/** La première liaison, celle que toute base porte. */
export const LIAISON_DIRECTE = 'directe' as LiaisonId;

/** Ce que vaut une liaison directe : l'archive, une boîte, et une préfecture qui sait dire qu'elle n'a rien. */
export const DIRECT_TRAITS: LiaisonTraits = {
  prend: 'archive',
  releve: 'boite',
  prouveAbsence: true,
  accuseLettres: false,
  bruleNumeros: false,
};
