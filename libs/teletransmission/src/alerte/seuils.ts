import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { CorrespondanceState } from '../vies/correspondance-transitions';
import type { RetourState } from '../vies/retour-transitions';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { AlerteGenre } from './alerte';
import { TRAY_STATES } from '../vies/retour-transitions';

/** Les silences au-delà desquels on alerte, en millisecondes. Une échéance de lettre se compte en avance. */
export interface AlerteSeuils {
  readonly miseSousEnveloppeMs: number;
  readonly envoiMs: number;
  readonly interruptionMs: number;
  readonly incertitudeMs: number;
  readonly accuseMs: number;
  readonly annulationMs: number;
  readonly decisionMs: number;
  readonly applicationMs: number;
  readonly bacMs: number;
  readonly courrierMs: number;
  readonly courrierUrgentMs: number;
  readonly releveMs: number;
  readonly travailleursMs: number;
  readonly prefectureMs: number;
  /** Ce dont deux horloges peuvent s'écarter, ou l'une reculer, sans que ce soit une alerte. */
  readonly horlogeMs: number;
}

/** L'heure d'où se compte un silence. `recu` : quand un retour est venu, `recue` une lettre ; `tour` : quand le prochain envoi était promis ; `bail` : jusqu'à quand l'envoi en cours a la main. */
export type Repere = 'since' | 'tour' | 'accuse' | 'bail' | 'recu' | 'recue' | 'echeance';

interface Watch<Sujet extends string, State extends string> {
  readonly genre: AlerteGenre;
  readonly sujet: Sujet;
  readonly states: readonly State[];
  /** Le seul flux surveillé ; absent : tous. */
  readonly flux?: string;
  readonly repere: Repere;
  /** Ce qu'on laisse après le repère ; négatif : ce dont on le devance. */
  delayMs(seuils: AlerteSeuils): number;
  /** Une autre alerte, plus grave, prend la suite une fois ce repère-là passé. */
  readonly unless?: { readonly repere: Repere; delayMs(seuils: AlerteSeuils): number };
}

/** Une surveillance : quels états, comptés d'où, et combien de silence. Les adaptateurs la lisent telle quelle. */
export type AlerteWatch =
  | Watch<'transmission', TransmissionState>
  | Watch<'retour', RetourState>
  | Watch<'correspondance', CorrespondanceState>;

const DAY_MS = 86_400_000;

/** Le flux d'un déféré au tribunal administratif. */
export const DEFERE = '5-1';

export const ALERTE_WATCHES: readonly AlerteWatch[] = [
  {
    genre: 'mise-sous-enveloppe-en-attente',
    sujet: 'transmission',
    states: ['queued'],
    repere: 'tour',
    delayMs: (seuils) => seuils.miseSousEnveloppeMs,
  },
  {
    genre: 'envoi-en-attente',
    sujet: 'transmission',
    states: ['sealed'],
    repere: 'tour',
    delayMs: (seuils) => seuils.envoiMs,
  },
  {
    genre: 'envoi-interrompu',
    sujet: 'transmission',
    states: ['sending'],
    repere: 'bail',
    delayMs: (seuils) => seuils.interruptionMs,
  },
  {
    genre: 'envoi-incertain',
    sujet: 'transmission',
    states: ['uncertain'],
    repere: 'since',
    delayMs: (seuils) => seuils.incertitudeMs,
  },
  {
    genre: 'accuse-lent',
    sujet: 'transmission',
    states: ['awaiting-ack'],
    repere: 'since',
    delayMs: (seuils) => seuils.accuseMs,
    unless: { repere: 'accuse', delayMs: () => 0 },
  },
  {
    genre: 'accuse-en-retard',
    sujet: 'transmission',
    states: ['awaiting-ack'],
    repere: 'accuse',
    delayMs: () => 0,
  },
  {
    genre: 'annulation-sans-accuse',
    sujet: 'transmission',
    states: ['cancelling'],
    repere: 'since',
    delayMs: (seuils) => seuils.annulationMs,
  },
  {
    genre: 'retenue-sans-decision',
    sujet: 'transmission',
    states: ['held'],
    repere: 'since',
    delayMs: (seuils) => seuils.decisionMs,
  },
  {
    genre: 'anomalie-sans-suite',
    sujet: 'transmission',
    states: ['rejected'],
    repere: 'since',
    delayMs: (seuils) => seuils.decisionMs,
  },
  {
    genre: 'retour-non-applique',
    sujet: 'retour',
    states: ['received'],
    repere: 'recu',
    delayMs: (seuils) => seuils.applicationMs,
  },
  {
    genre: 'retour-au-bac',
    sujet: 'retour',
    states: TRAY_STATES,
    repere: 'recu',
    delayMs: (seuils) => seuils.bacMs,
  },
  {
    genre: 'courrier-bientot-echu',
    sujet: 'correspondance',
    states: ['received'],
    repere: 'echeance',
    delayMs: (seuils) => -seuils.courrierMs,
    unless: { repere: 'echeance', delayMs: (seuils) => -seuils.courrierUrgentMs },
  },
  {
    genre: 'courrier-presque-echu',
    sujet: 'correspondance',
    states: ['received'],
    repere: 'echeance',
    delayMs: (seuils) => -seuils.courrierUrgentMs,
    unless: { repere: 'echeance', delayMs: () => DAY_MS },
  },
  {
    genre: 'courrier-echu',
    sujet: 'correspondance',
    states: ['received'],
    repere: 'echeance',
    delayMs: () => DAY_MS,
  },
  {
    genre: 'defere',
    sujet: 'correspondance',
    states: ['noted'],
    flux: DEFERE,
    repere: 'recue',
    delayMs: () => 0,
  },
  {
    genre: 'defere-au-bac',
    sujet: 'retour',
    states: TRAY_STATES,
    flux: DEFERE,
    repere: 'recu',
    delayMs: () => 0,
  },
];

/** Les bornes d'une surveillance à cette heure : un repère à ce moment-là ou avant est un silence trop long. */
export interface SilenceBounds {
  readonly atMost: Instant;
  readonly unlessAtMost: Instant | null;
}

export function boundsOf(watch: AlerteWatch, seuils: AlerteSeuils, now: Instant): SilenceBounds {
  return {
    atMost: addMs(now, -watch.delayMs(seuils)),
    unlessAtMost: watch.unless ? addMs(now, -watch.unless.delayMs(seuils)) : null,
  };
}
