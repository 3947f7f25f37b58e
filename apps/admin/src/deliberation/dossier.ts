import type { Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type {
  Compte,
  ConsultCourriers,
  ConsultHistory,
  CourrierView,
  DeliberationId,
  DeliberationView,
  EnvoiView,
  HistoryEntry,
  PieceView,
  Readings,
  RetourView,
  TravailView,
} from '@teletransmission/teletransmission';
import { canEnter } from '../layout/rooms';

/** Tout ce que la page d'une délibération montre. */
export interface Dossier {
  readonly view: DeliberationView;
  readonly pieces: readonly PieceView[];
  readonly envois: readonly EnvoiView[];
  readonly retours: readonly RetourView[];
  /** Les lettres de la préfecture au sujet de cet acte. */
  readonly courriers: readonly CourrierView[];
  readonly history: readonly HistoryEntry[];
  /** Vrai quand l'historique est plus long que ce qui en est lu ici. */
  readonly isHistoryCut: boolean;
  /** Nul pour un compte qui ne voit pas les files. */
  readonly travaux: readonly TravailView[] | null;
}

const HISTORY_PAGE = 200;
/** Une remise en file ouvre jusqu'à soixante envois, de trois lignes chacun : cinq pages en couvrent plusieurs. */
const HISTORY_PAGES = 5;

async function readHistory(
  history: ConsultHistory,
  compte: Compte,
  id: string,
): Promise<Result<{ readonly entries: readonly HistoryEntry[]; readonly isCut: boolean }>> {
  const entries: HistoryEntry[] = [];
  let after: string | null = null;
  for (let read = 0; read < HISTORY_PAGES; read += 1) {
    const page = await history.historyOf(compte, id, after, HISTORY_PAGE);
    if (!page.ok) return page;
    entries.push(...page.value.items);
    after = page.value.next;
    if (after === null) break;
  }
  return ok({ entries, isCut: after !== null });
}

/** D'où se lit un dossier. */
export interface DossierSources {
  readonly history: ConsultHistory;
  readonly readings: Readings;
  readonly courriers: ConsultCourriers;
}

/** Réunit le dossier d'une délibération, si le compte a le droit de le voir. */
export async function readDossier(
  { history, readings, courriers }: DossierSources,
  compte: Compte,
  id: string,
): Promise<Result<Dossier>> {
  const view = await history.deliberation(compte, id);
  if (!view.ok) return view;
  const deliberationId = id as DeliberationId;
  const [pieces, envois, retours, lettres, past, travaux] = await Promise.all([
    readings.pieces(deliberationId),
    readings.envois(deliberationId),
    readings.retours(deliberationId),
    courriers.ofDeliberation(compte, deliberationId),
    readHistory(history, compte, id),
    canEnter(compte, 'files') ? readings.travaux(deliberationId) : null,
  ]);
  if (!past.ok) return past;
  return ok({
    view: view.value,
    pieces,
    envois,
    retours,
    courriers: lettres,
    history: past.value.entries,
    isHistoryCut: past.value.isCut,
    travaux,
  });
}
