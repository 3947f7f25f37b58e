import type { Instant } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type {
  AlerteGenre,
  AlerteSeuils,
  DelaisAccuse,
  EnvoiOutcome,
  Mesure,
  MesureSujet,
} from '@teletransmission/teletransmission';
import {
  ALERTE_GENRES,
  CIRCUIT_STATES,
  ONGOING_TRANSMISSION_STATES,
  RETOUR_STATES,
  TRANSMISSION_STATES,
  TRAY_RETOUR_STATES,
} from '@teletransmission/teletransmission';
import type { Echantillon, Metrique } from './exposition';

/** Ce que la base dit d'un moment ; une part qui n'a pu être lue est `null`, et ses métriques manquent. */
export interface ServiceReadings {
  readonly ongoing: readonly Mesure[] | null;
  readonly totals: { readonly mesures: readonly Mesure[]; readonly delaisAccuse: DelaisAccuse } | null;
}

/** Ce qu'un document peut avoir, dans les mots de la table des constats. */
const CONSTATS = ['missing', 'altered', 'wrong-size', 'unreadable', 'orphan', 'leftover'] as const;
const ISSUES: Readonly<Record<EnvoiOutcome, true>> = {
  accepted: true,
  deferred: true,
  refused: true,
  lost: true,
  found: true,
  absent: true,
  answered: true,
};
const ONGOING = new Set<string>(ONGOING_TRANSMISSION_STATES);
const AU_BAC = new Set<string>(TRAY_RETOUR_STATES);
const isOngoing = (state: string): boolean => ONGOING.has(state);
const isWaiting = (state: string): boolean => state === 'received' || AU_BAC.has(state);

/** Les mesures d'une part, rangées par sujet. */
class Reading {
  constructor(
    private readonly mesures: readonly Mesure[],
    private readonly now: Instant,
  ) {}

  of(sujet: MesureSujet): readonly Mesure[] {
    return this.mesures.filter((mesure) => mesure.sujet === sujet);
  }

  count(sujet: MesureSujet, cle = ''): number {
    return this.of(sujet).find((mesure) => mesure.cle === cle)?.nombre ?? 0;
  }

  /** L'âge de ce qui dure depuis le plus longtemps, en secondes ; 0 : rien ne dure. */
  oldest(mesures: readonly Mesure[]): number {
    return Math.max(0, ...mesures.map((mesure) => this.ageOf(mesure) ?? 0));
  }

  ageOf({ depuis }: Mesure): number | null {
    return depuis === null ? null : Math.max(0, (epochMsOf(this.now) - epochMsOf(depuis)) / 1_000);
  }

  byKey(
    sujet: MesureSujet,
    etiquette: string,
    value: (mesure: Mesure) => number | null,
  ): readonly Echantillon[] {
    return this.of(sujet).flatMap((mesure) => {
      const valeur = value(mesure);
      return valeur === null ? [] : [{ etiquettes: { [etiquette]: mesure.cle }, valeur }];
    });
  }
}

const gauge = (nom: string, aide: string, valeurs: readonly Echantillon[]): Metrique => ({
  nom: `teletransmission_${nom}`,
  aide,
  genre: 'gauge',
  valeurs,
});
const counter = (nom: string, aide: string, valeurs: readonly Echantillon[]): Metrique => ({
  ...gauge(nom, aide, valeurs),
  genre: 'counter',
});
const alone = (valeur: number): readonly Echantillon[] => [{ valeur }];
const departement = 'departement';

/** Les états que la part lue connaît : ceux d'un acte en cours et ceux d'un acte fini ne se lisent pas ensemble. */
function statesOf(
  sujet: 'transmission' | 'retour',
  states: readonly string[],
  { ongoing, totals }: { readonly ongoing: Reading | null; readonly totals: Reading | null },
  isRecent: (state: string) => boolean,
): readonly Echantillon[] {
  return states.flatMap((etat) => {
    const reading = isRecent(etat) ? ongoing : totals;
    return reading === null ? [] : [{ etiquettes: { etat }, valeur: reading.count(sujet, etat) }];
  });
}

/**
 * Deux alertes ne sont jamais en base, car plus personne ne les y écrirait : l'absence de travailleurs, et celle de la surveillance.
 * On les constate ici comme le fait le bureau.
 */
function observedAlertes(reading: Reading, { releveMs }: Pick<AlerteSeuils, 'releveMs'>): Set<AlerteGenre> {
  const found = new Set<AlerteGenre>();
  if (reading.count('travailleur') === 0) found.add('travailleurs-absents');
  const watch = reading.of('travail-regulier').find(({ cle }) => cle === 'raise-alertes');
  if (watch && (reading.ageOf(watch) ?? 0) * 1_000 >= releveMs) found.add('balayage-absent');
  return found;
}

function ongoingMetriques(reading: Reading, seuils: Pick<AlerteSeuils, 'releveMs'>): readonly Metrique[] {
  const observed = observedAlertes(reading, seuils);
  const bac = reading.of('retour').filter(({ cle }) => AU_BAC.has(cle));
  const messages = reading.of('message');
  return [
    gauge(
      'transmission_plus_ancienne_secondes',
      'Depuis quand la plus ancienne transmission est dans cet état ; 0 : aucune',
      ONGOING_TRANSMISSION_STATES.map((etat) => ({
        etiquettes: { etat },
        valeur: reading.oldest(reading.of('transmission').filter(({ cle }) => cle === etat)),
      })),
    ),
    gauge('envois_ouverts', 'Envois commencés, sans réponse encore', alone(reading.count('envoi-ouvert'))),
    gauge(
      'bac_retours',
      'Retours qui attendent une personne au bac',
      alone(bac.reduce((total, { nombre }) => total + nombre, 0)),
    ),
    gauge(
      'bac_plus_ancien_secondes',
      'Depuis quand le plus ancien attend au bac',
      alone(reading.oldest(bac)),
    ),
    gauge(
      'alertes_ouvertes',
      'Alertes ouvertes, par genre',
      ALERTE_GENRES.map((genre) => ({
        etiquettes: { genre },
        valeur: reading.count('alerte', genre) + (observed.has(genre) ? 1 : 0),
      })),
    ),
    gauge(
      'boite_envoi_messages',
      'Travaux écrits, pas encore portés à leur file',
      alone(reading.count('message')),
    ),
    gauge(
      'boite_envoi_plus_ancien_secondes',
      'Depuis quand le plus ancien attend d’être porté à sa file',
      alone(reading.oldest(messages)),
    ),
    gauge(
      'travail_regulier_age_secondes',
      'Depuis quand ce travail à rendez-vous a réussi pour la dernière fois (collect-retours : la relève)',
      reading.byKey('travail-regulier', 'travail', (mesure) => reading.ageOf(mesure)),
    ),
    gauge(
      'travailleurs_vivants',
      'Processus travailleurs qui se montrent',
      alone(reading.count('travailleur')),
    ),
    gauge(
      'disjoncteur',
      'Le disjoncteur de chaque préfecture : 1 pour son état, 0 pour les autres',
      reading.of('disjoncteur').flatMap((mesure) =>
        CIRCUIT_STATES.map((etat) => ({
          etiquettes: { departement: mesure.cle, etat },
          valeur: mesure.etat === etat ? 1 : 0,
        })),
      ),
    ),
    gauge(
      'budget_actes_utilises',
      'Envois partis vers cette préfecture dans l’heure',
      reading.of('disjoncteur').map(({ cle }) => ({
        etiquettes: { departement: cle },
        valeur: reading.count('departs-actes', cle),
      })),
    ),
    gauge(
      'budget_octets_utilises',
      'Octets partis vers cette préfecture dans l’heure',
      reading.of('disjoncteur').map(({ cle }) => ({
        etiquettes: { departement: cle },
        valeur: reading.count('departs-octets', cle),
      })),
    ),
    gauge(
      'budget_actes_par_heure',
      'Ce que cette préfecture admet d’envois par heure, quand elle le borne',
      reading.byKey('budget-actes', departement, ({ nombre }) => nombre),
    ),
    gauge(
      'budget_octets_par_heure',
      'Ce que cette préfecture admet d’octets par heure, quand elle le borne',
      reading.byKey('budget-octets', departement, ({ nombre }) => nombre),
    ),
    gauge(
      'documents_en_cause',
      'Documents abîmés, absents ou orphelins, constatés et non résolus',
      CONSTATS.map((genre) => ({ etiquettes: { genre }, valeur: reading.count('document', genre) })),
    ),
    gauge(
      'sauvegarde_age_secondes',
      'L’âge de la dernière sauvegarde achevée ; absente : il n’y en a jamais eu',
      reading.of('sauvegarde').flatMap((mesure) => {
        const age = reading.ageOf(mesure);
        return age === null ? [] : alone(age);
      }),
    ),
  ];
}

function delaiMetrique({ parBorne, nombre, sommeSecondes }: DelaisAccuse): Metrique {
  const bucket = (le: string, valeur: number): Echantillon => ({
    suffixe: '_bucket',
    etiquettes: { le },
    valeur,
  });
  return {
    nom: 'teletransmission_delai_accuse_secondes',
    aide: 'Du dépôt d’un acte à la réception de son accusé, depuis toujours',
    genre: 'histogram',
    valeurs: [
      ...parBorne.map((borne) => bucket(String(borne.borneSecondes), borne.nombre)),
      bucket('+Inf', nombre),
      { suffixe: '_sum', valeur: sommeSecondes },
      { suffixe: '_count', valeur: nombre },
    ],
  };
}

/** Les métriques du service, depuis ce que sa base en dit. Toute étiquette attendue y est, à zéro s'il le faut. */
export function serviceMetriques(
  readings: ServiceReadings,
  seuils: Pick<AlerteSeuils, 'releveMs'>,
  now: Instant,
): readonly Metrique[] {
  const ongoing = readings.ongoing && new Reading(readings.ongoing, now);
  const totals = readings.totals && new Reading(readings.totals.mesures, now);
  const parts = { ongoing, totals };
  return [
    gauge(
      'transmissions',
      'Transmissions, par état',
      statesOf('transmission', TRANSMISSION_STATES, parts, isOngoing),
    ),
    gauge(
      'retours',
      'Retours de la préfecture, par état',
      statesOf('retour', RETOUR_STATES, parts, isWaiting),
    ),
    ...(ongoing === null ? [] : ongoingMetriques(ongoing, seuils)),
    ...(totals === null || readings.totals === null
      ? []
      : [
          counter('depots_total', 'Délibérations déposées', alone(totals.count('depot'))),
          counter(
            'envois_total',
            'Envois clos, par issue',
            Object.keys(ISSUES).map((issue) => ({
              etiquettes: { issue },
              valeur: totals.count('envoi', issue),
            })),
          ),
          gauge('stockage_octets', 'Ce que pèsent les documents déposés', alone(totals.count('stockage'))),
          gauge(
            'quotas_collectivites',
            'Collectivités dont le quota de documents est proche (90 %) ou atteint',
            ['proche', 'atteint'].map((niveau) => ({
              etiquettes: { niveau },
              valeur: totals.count('quota', niveau),
            })),
          ),
          delaiMetrique(readings.totals.delaisAccuse),
        ]),
  ];
}
