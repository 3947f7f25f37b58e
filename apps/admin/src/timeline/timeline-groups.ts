import type { HistoryEntry, RetourView } from '@teletransmission/teletransmission';
import { FLUX_LETTRES, LETTRE_LABELS } from '@teletransmission/teletransmission';
import { fluxLabel } from '../layout/flux-label';
import type { TimelineItem, TimelineSources } from './timeline';
import { timelineOf } from './timeline';

/** Un message et tout ce qui lui est arrivé, ou la publication, qui n'en est pas un. */
export interface TimelineGroup {
  readonly titre: string;
  readonly items: readonly TimelineItem[];
}

const PUBLICATION = 'publication';

/** Ce qui désigne le message dont traite une ligne. */
function keyOf(item: TimelineItem, sources: TimelineSources): string {
  const { entry, envoi, retour } = item.source;
  if (envoi) return envoi.transmissionId;
  if (retour) return keyOfRetour(retour, sources);
  if (!entry) return PUBLICATION;
  if (entry.sujet === PUBLICATION) return PUBLICATION;
  const arrived = sources.retours.find(({ id }) => entry.sujet === 'retour' && id === entry.sujetId);
  return arrived ? keyOfRetour(arrived, sources) : entry.sujetId;
}

/** Une lettre arrive rattachée à son acte, et ouvre sa propre histoire : c'est à elle qu'appartient son arrivée. */
function keyOfRetour({ nom, flux, transmissionId, id }: RetourView, { history }: TimelineSources): string {
  const isLettre = FLUX_LETTRES.some((lettre) => lettre === flux);
  const opened = history.find(({ sujet, preuve }) => sujet === 'correspondance' && preuve['retour'] === nom);
  return (isLettre ? opened?.sujetId : undefined) ?? transmissionId ?? id;
}

function titleOf(key: string, { history }: TimelineSources): string {
  if (key === PUBLICATION) return 'La publication';
  const born = history.find(({ sujetId }) => sujetId === key);
  const flux = fluxOf(born);
  if (born?.sujet !== 'correspondance') return fluxLabel(flux ?? '1-1');
  const lettre = FLUX_LETTRES.find((known) => known === flux);
  return lettre
    ? `Lettre de la préfecture : ${LETTRE_LABELS[lettre]} (${lettre})`
    : 'Lettre de la préfecture';
}

function fluxOf(entry: HistoryEntry | undefined): string | null {
  const flux = entry?.preuve['flux'];
  return typeof flux === 'string' ? flux : null;
}

/** Deux messages du même genre, comme deux demandes d'annulation, se distinguent par leur rang. */
function numbered(groups: readonly TimelineGroup[]): readonly TimelineGroup[] {
  return groups.map((group, index) => {
    const same = groups.filter(({ titre }) => titre === group.titre);
    if (same.length === 1) return group;
    const rank = groups.slice(0, index + 1).filter(({ titre }) => titre === group.titre).length;
    return { ...group, titre: `${group.titre}, n° ${rank}` };
  });
}

/**
 * L'histoire d'une délibération, message par message : les étapes de son annulation ne se mêlent pas aux siennes. Chaque groupe est dans
 * l'ordre du temps, et les groupes dans celui de leur première ligne.
 */
export function timelineGroupsOf(sources: TimelineSources): readonly TimelineGroup[] {
  const groups = new Map<string, TimelineItem[]>();
  for (const item of timelineOf(sources)) {
    const key = keyOf(item, sources);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return numbered([...groups].map(([key, items]) => ({ titre: titleOf(key, sources), items })));
}
