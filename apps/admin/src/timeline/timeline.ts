import type { Instant } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { EnvoiView, HistoryEntry, RetourView } from '@teletransmission/teletransmission';
import {
  CORRESPONDANCE_STATE_LABELS,
  HISTORY_LABELS,
  PUBLICATION_STATE_LABELS,
  remarqueText,
  RETOUR_STATE_LABELS,
  TRANSMISSION_STATE_LABELS,
} from '@teletransmission/teletransmission';
import { dureeLisible } from '../format/duree';
import { fluxLabel } from '../layout/flux-label';
import { acteurLabel, ENVOI_OUTCOME_LABELS } from './labels.fr';
import { preuveLabel } from './preuve-labels.fr';
import { preuveValue } from './preuve-value';

/** Un fait nommé. */
export interface Fact {
  readonly nom: string;
  readonly valeur: string;
}

/** Une ligne du fil : ce qui est arrivé, quand, par qui, sur quelle preuve. */
export interface TimelineItem {
  readonly instant: Instant;
  readonly titre: string;
  readonly acteur: string;
  /** L'état quitté et l'état atteint, en mots. */
  readonly passage: readonly [de: string | null, vers: string] | null;
  readonly details: readonly string[];
  readonly preuve: readonly Fact[];
  /** Le retour à télécharger. */
  readonly retourId: string | null;
  /** D'où la ligne vient. */
  readonly source: {
    readonly entry?: HistoryEntry;
    readonly envoi?: EnvoiView;
    readonly retour?: RetourView;
  };
}

/** Ce dont un fil se compose. */
export interface TimelineSources {
  readonly history: readonly HistoryEntry[];
  readonly envois: readonly EnvoiView[];
  readonly retours: readonly RetourView[];
}

const WORDS: Readonly<Record<string, Readonly<Record<string, { readonly mot: string }>>>> = {
  transmission: TRANSMISSION_STATE_LABELS,
  publication: PUBLICATION_STATE_LABELS,
  retour: RETOUR_STATE_LABELS,
  correspondance: CORRESPONDANCE_STATE_LABELS,
};

function passageOf({ sujet, etatAvant, etatApres }: HistoryEntry): TimelineItem['passage'] {
  // L'état d'un retour ne dit rien que son libellé ne dise déjà.
  if (etatApres === null || etatAvant === etatApres || sujet === 'retour') return null;
  const word = (state: string): string => WORDS[sujet]?.[state]?.mot ?? state;
  return [etatAvant === null ? null : word(etatAvant), word(etatApres)];
}

function envoiDetails(envoi: EnvoiView): readonly string[] {
  const { turn, ouvertLe, closLe, outcome, code, detail } = envoi;
  if (closLe === null || outcome === null) return [`Envoi n° ${turn}, sans réponse encore.`];
  const duration = dureeLisible(epochMsOf(closLe) - epochMsOf(ouvertLe));
  return [
    `Envoi n° ${turn} : ${ENVOI_OUTCOME_LABELS[outcome]}, après ${duration}${code === null ? '' : ` (code ${code})`}.`,
    ...(detail === null ? [] : [detail]),
  ];
}

/** « Délibération déposée » se dit de l'acte ; un message rendu à une lettre naît aussi d'un dépôt, et se dit par son nom. */
function titleOf({ sujet, evenement, preuve }: HistoryEntry): string {
  const { flux } = preuve;
  if (sujet === 'transmission' && evenement === 'deposited' && typeof flux === 'string' && flux !== '1-1')
    return `Message préparé : ${fluxLabel(flux)}`;
  return HISTORY_LABELS[evenement] ?? evenement;
}

function historyItem(entry: HistoryEntry, envoi: EnvoiView | undefined): TimelineItem {
  return {
    instant: entry.instant,
    titre: titleOf(entry),
    acteur: acteurLabel(entry.acteur),
    passage: passageOf(entry),
    details: [...(entry.motif === null ? [] : [entry.motif]), ...(envoi ? envoiDetails(envoi) : [])],
    preuve: [
      ...Object.entries(entry.preuve).map(([key, value]) => ({
        nom: preuveLabel(key),
        valeur: preuveValue(key, value),
      })),
      { nom: 'Rang au journal', valeur: String(entry.rang) },
      { nom: 'Empreinte de la ligne', valeur: entry.empreinte },
    ],
    retourId: null,
    source: { entry },
  };
}

function strayEnvoiItem(envoi: EnvoiView): TimelineItem {
  return {
    instant: envoi.ouvertLe,
    titre: HISTORY_LABELS['envoi-opened'] ?? 'Envoi',
    acteur: acteurLabel('service'),
    passage: null,
    details: envoiDetails(envoi),
    preuve: envoi.nomArchive === null ? [] : [{ nom: preuveLabel('archive'), valeur: envoi.nomArchive }],
    retourId: null,
    source: { envoi },
  };
}

function retourItem(retour: RetourView): TimelineItem {
  const { id, nom, empreinte, recuLe, flux, state, detail, remarques } = retour;
  return {
    instant: recuLe,
    titre: `Reçu de la préfecture : ${fluxLabel(flux)}`,
    acteur: acteurLabel('prefecture'),
    passage: null,
    details: [
      `${nom} – ${RETOUR_STATE_LABELS[state].mot.toLowerCase()}.`,
      ...(detail === null ? [] : [detail]),
    ],
    preuve: [
      { nom: preuveLabel('empreinteRetour'), valeur: empreinte },
      ...remarques.map((remarque) => ({ nom: 'Remarque', valeur: remarqueText(remarque) })),
    ],
    retourId: id,
    source: { retour },
  };
}

/**
 * Un seul fil, du plus ancien au plus récent : le journal d'audit, les envois fondus dans la ligne qui les ouvre, et l'arrivée
 * des retours, que le journal de la délibération ne connaît qu'une fois rattachés.
 */
export function timelineOf(dossier: TimelineSources): readonly TimelineItem[] {
  const openings = new Set(
    dossier.history.filter(({ evenement }) => evenement === 'envoi-opened').map(({ instant }) => instant),
  );
  const entries = dossier.history.map((entry) => {
    const envoi =
      entry.evenement === 'envoi-opened'
        ? dossier.envois.find(({ ouvertLe }) => ouvertLe === entry.instant)
        : undefined;
    return { rank: 1, item: historyItem(entry, envoi) };
  });
  const strays = dossier.envois
    .filter(({ ouvertLe }) => !openings.has(ouvertLe))
    .map((envoi) => ({ rank: 1, item: strayEnvoiItem(envoi) }));
  // Au même instant, l'arrivée d'un retour précède ce qu'elle a produit.
  const arrivals = dossier.retours.map((retour) => ({ rank: 0, item: retourItem(retour) }));
  return [...arrivals, ...entries, ...strays]
    .sort((a, b) => a.item.instant.localeCompare(b.item.instant) || a.rank - b.rank)
    .map(({ item }) => item);
}
