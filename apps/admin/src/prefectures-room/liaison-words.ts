import type { Instant } from '@teletransmission/kernel';
import type { Fenetre, PrefectureView } from '@teletransmission/teletransmission';
import { closureAt, JOURS } from '@teletransmission/teletransmission';

export type LiaisonTone = 'fait' | 'attend' | 'agir';

/** Où en est la liaison avec une préfecture, en un mot, et jusqu'à quand. */
export interface Liaison {
  readonly mot: string;
  readonly signe: string;
  readonly tone: LiaisonTone;
  readonly detail: string;
  /** Quand elle change d'elle-même, et ce qui arrivera alors ; `null` : rien n'est prévu. */
  readonly next: { readonly what: string; readonly at: Instant } | null;
}

/** Ce qui retient les envois vers cette préfecture, du plus fort au plus faible, comme au portillon des départs. */
export function liaisonOf({ prefecture, circuit }: PrefectureView, now: Instant): Liaison {
  if (prefecture.pause) {
    const { motif } = prefecture.pause;
    return { mot: 'Suspendue', signe: '!', tone: 'agir', detail: `Suspendue ici : ${motif}.`, next: null };
  }
  const closure = closureAt(prefecture, now);
  if (closure) {
    const { code, motif, until } = closure;
    const isStopped = code === 'prefecture/interrupted';
    return {
      mot: isStopped ? 'Arrêt annoncé' : 'Hors de ses heures',
      signe: '…',
      tone: 'attend',
      detail: isStopped
        ? `Elle l’a annoncé : ${motif ?? 'sans motif'}.`
        : 'Les envois attendent son ouverture.',
      next: { what: 'Départs', at: until },
    };
  }
  if (circuit.state === 'closed') {
    const isTried = circuit.failed.length > 0;
    return {
      mot: 'Joignable',
      signe: '✓',
      tone: 'fait',
      detail: isTried
        ? `Ses derniers envois ont échoué (${circuit.failed.length} archive${circuit.failed.length > 1 ? 's' : ''}) ; la liaison tient.`
        : 'Aucun échec en cours.',
      next: null,
    };
  }
  const isProbing = circuit.state === 'half-open';
  return {
    mot: isProbing ? 'Essai en cours' : 'Ne répond plus',
    signe: '!',
    tone: 'agir',
    detail: circuit.detail ?? circuit.code ?? 'Sans réponse.',
    next: circuit.probeAt && {
      what: isProbing ? 'Réponse de l’essai au plus tard' : 'Prochain essai',
      at: circuit.probeAt,
    },
  };
}

/** « lundi au vendredi, de 08:00 à 18:00 » ; les jours qui se suivent se disent par leurs bouts. */
export function fenetreWords({ jours, de, a }: Fenetre): string {
  const ranks = JOURS.flatMap((jour, rank) => (jours.includes(jour) ? [rank] : []));
  const [first = 0] = ranks;
  const last = ranks.at(-1) ?? first;
  const isRun = ranks.length > 2 && last - first === ranks.length - 1;
  if (ranks.length === JOURS.length) return `tous les jours, de ${de} à ${a}`;
  const days = isRun
    ? `du ${JOURS[first] ?? ''} au ${JOURS[last] ?? ''}`
    : ranks.map((rank) => JOURS[rank]).join(', ');
  return `${days}, de ${de} à ${a}`;
}

/** Celles qui demandent quelqu'un d'abord, puis celles où l'on attend, dans l'ordre des départements. */
export function byUrgency(views: readonly PrefectureView[], now: Instant): readonly PrefectureView[] {
  const rank = (view: PrefectureView): number => {
    if (liaisonOf(view, now).tone === 'agir') return 0;
    return view.attentes.length > 0 ? 1 : 2;
  };
  return [...views].sort((a, b) => rank(a) - rank(b));
}
