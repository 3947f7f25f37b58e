import type { Instant } from '@teletransmission/kernel';
import type { RetourState } from '../../vies/retour-transitions';
import type { TransmissionState } from '../../vies/transmission-transitions';

/** Les états d'où une transmission sort d'elle-même ou d'une décision : eux seuls ont un âge qui compte. */
export const ONGOING_TRANSMISSION_STATES = [
  'queued',
  'sealed',
  'sending',
  'uncertain',
  'awaiting-ack',
  'rejected',
  'held',
  'cancelling',
] as const satisfies readonly TransmissionState[];
/** Les états où un retour attend une personne, au bac. */
export const TRAY_RETOUR_STATES = [
  'unmatched',
  'contradictory',
  'unreadable',
] as const satisfies readonly RetourState[];

/** Ce qui se compte du service. */
export const MESURE_SUJETS = [
  'transmission',
  'depot',
  'envoi',
  'envoi-ouvert',
  'retour',
  'alerte',
  'message',
  'travail-regulier',
  'travailleur',
  'disjoncteur',
  'budget-actes',
  'budget-octets',
  'departs-actes',
  'departs-octets',
  'document',
  'sauvegarde',
  'stockage',
  'quota',
] as const;
export type MesureSujet = (typeof MESURE_SUJETS)[number];

/** Un nombre, et de quoi. `cle` est un état, un genre, une issue ou un département ; jamais une identité. */
export interface Mesure {
  readonly sujet: MesureSujet;
  readonly cle: string;
  readonly nombre: number;
  /** Depuis quand dure le plus ancien, ou quand a eu lieu le dernier ; `null` : sans objet. */
  readonly depuis: Instant | null;
  /** L'état d'un disjoncteur ; `null` pour tout autre sujet. */
  readonly etat: string | null;
}

/** Les bornes du délai d'accusé, en secondes : d'une minute à une semaine. */
export const DELAI_BORNES = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 172_800, 604_800] as const;

/** La répartition du temps entre le dépôt d'un acte et la réception de son accusé, depuis toujours. */
export interface DelaisAccuse {
  /** Par borne, en secondes croissantes : combien d'accusés sont venus en ce temps ou moins. */
  readonly parBorne: readonly { readonly borneSecondes: number; readonly nombre: number }[];
  readonly nombre: number;
  readonly sommeSecondes: number;
}

/** Ce que la base sait compter du service. */
export interface Mesures {
  /** Ce qui est en cours : peu de lignes, trouvées par leurs index. */
  ongoing(at: Instant): Promise<readonly Mesure[]>;
  /** Ce qui s'est fait depuis toujours : tout y est compté. */
  totals(): Promise<{ readonly mesures: readonly Mesure[]; readonly delaisAccuse: DelaisAccuse }>;
}
