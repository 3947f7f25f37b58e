import type { CivilDate } from '@teletransmission/kernel';
import { frenchDate } from '@teletransmission/kernel';
import type { HistoryEntry, Page } from '@teletransmission/teletransmission';
import { HISTORY_LABELS } from '@teletransmission/teletransmission';
import type { HistoryEntryBody, HistoryPageBody } from './history.schema';

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Ce qu'une entrée apprend de plus que son libellé. */
function detailOf({ motif, preuve }: HistoryEntry): string | null {
  if (motif !== null) return motif;
  const date = textOf(preuve.dateReception) ?? textOf(preuve.datePublication);
  if (date !== null) return `le ${frenchDate(date as CivilDate)}`;
  return (
    textOf(preuve.archive) ?? textOf(preuve.retour) ?? textOf(preuve.nom) ?? textOf(preuve.identifiantActe)
  );
}

function entryOf(entry: HistoryEntry): HistoryEntryBody {
  const { deliberationId, ...rest } = entry;
  return {
    ...rest,
    deliberation: deliberationId,
    libelle: HISTORY_LABELS[entry.evenement] ?? entry.evenement,
    detail: detailOf(entry),
    preuve: { ...entry.preuve },
  };
}

/** Une page d'historique dans les mots de l'API. */
export function historyPageOf(page: Page<HistoryEntry>): HistoryPageBody {
  return { entrees: page.items.map(entryOf), suivant: page.next };
}
