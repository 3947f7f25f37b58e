import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';

/** Quand la liaison avec une préfecture est tenue pour coupée, et à quel pas on la sonde. Durées en millisecondes. */
export interface CircuitPolicy {
  /** Archives différentes qui échouent de suite avant d'ouvrir : un acte empoisonné, seul à échouer, n'ouvre jamais. */
  readonly failures: number;
  /** Des échecs plus anciens ne comptent plus. */
  readonly periodMs: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** Au-delà, la sonde est tenue pour morte et une autre peut partir. */
  readonly probeLeaseMs: number;
}

export const CIRCUIT_STATES = ['closed', 'open', 'half-open'] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];

/** Le disjoncteur d'une préfecture. */
export interface Circuit {
  readonly state: CircuitState;
  /** Les archives dont l'envoi a échoué de suite, la plus récente en dernier. */
  readonly failed: readonly string[];
  readonly firstFailureAt: Instant | null;
  /** Ouvertures de suite sans succès : le délai grandit avec elles. */
  readonly openings: number;
  /** La prochaine sonde (ouvert), ou la fin de celle qui est partie (entrouvert). */
  readonly probeAt: Instant | null;
  /** Les actes déjà renvoyés à plus tard depuis cette ouverture : leur rang étale leurs retours. */
  readonly waiting: number;
  readonly code: string | null;
  readonly detail: string | null;
}

export const CLOSED_CIRCUIT: Circuit = {
  state: 'closed',
  failed: [],
  firstFailureAt: null,
  openings: 0,
  probeAt: null,
  waiting: 0,
  code: null,
  detail: null,
};

/** Ce qu'un envoi, ou une question, apprend de la liaison. */
export type CircuitNews =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly archive: string; readonly code: string; readonly detail: string };

/** Écart de ±25 % tiré de la clé : deux préfectures coupées ensemble ne se sondent pas ensemble, et le même calcul rend la même date. */
function spread(delayMs: number, key: string): number {
  let hash = 2166136261;
  for (const character of key) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return Math.round(delayMs * (0.75 + hash / 0xffffffff / 2));
}

function opened(
  circuit: Circuit,
  news: Extract<CircuitNews, { kind: 'failed' }>,
  at: Instant,
  policy: CircuitPolicy,
  key: string,
): Circuit {
  const openings = circuit.openings + 1;
  const delay = Math.min(policy.firstDelayMs * 2 ** Math.min(openings - 1, 20), policy.maxDelayMs);
  const { code, detail } = news;
  const failed = [...circuit.failed.filter((archive) => archive !== news.archive), news.archive];
  return {
    ...circuit,
    state: 'open',
    failed: failed.slice(-policy.failures),
    openings,
    probeAt: addMs(at, spread(delay, `${key}.${openings}`)),
    waiting: 0,
    code,
    detail,
  };
}

/**
 * Le disjoncteur après cette nouvelle. Une réponse, même un refus de l'acte, prouve la liaison et ferme ; un échec compte une fois par
 * archive, ouvre au seuil, et rouvre plus longtemps s'il vient de la sonde. Ouvert, les échecs d'envois déjà partis n'apprennent rien.
 * @returns `circuit` lui-même quand rien ne change.
 */
export function circuitAfter(
  circuit: Circuit,
  news: CircuitNews,
  at: Instant,
  policy: CircuitPolicy,
  key: string,
): Circuit {
  if (news.kind === 'answered')
    return circuit.state === 'closed' && circuit.failed.length === 0 ? circuit : CLOSED_CIRCUIT;
  if (circuit.state === 'half-open') return opened(circuit, news, at, policy, key);
  if (circuit.state === 'open')
    return circuit.probeAt !== null && at >= circuit.probeAt
      ? opened(circuit, news, at, policy, key)
      : circuit;
  const isStale = circuit.firstFailureAt === null || addMs(circuit.firstFailureAt, policy.periodMs) <= at;
  const recent = isStale ? [] : circuit.failed;
  if (recent.includes(news.archive)) return circuit;
  const next: Circuit = {
    ...CLOSED_CIRCUIT,
    failed: [...recent, news.archive],
    firstFailureAt: isStale ? at : circuit.firstFailureAt,
    code: news.code,
    detail: news.detail,
  };
  return next.failed.length >= policy.failures ? opened(next, news, at, policy, key) : next;
}

/** Ce qu'on laisse à un acte que rien n'accuse pour sonder le premier, avant d'en laisser sonder un qui vient d'échouer. */
const SUSPECT_GRACE_MS = 15_000;
/** Ce qui sépare deux retours d'actes qui attendent : dix mille n'en font jamais qu'un toutes les deux secondes. */
const SPACING_MS = 2_000;

/** La date à partir de laquelle cette archive peut sonder ; `null` : le circuit est fermé. */
export function probeDateOf(circuit: Circuit, archive: string): Instant | null {
  if (circuit.state === 'closed' || circuit.probeAt === null) return null;
  return circuit.failed.includes(archive) ? addMs(circuit.probeAt, SUSPECT_GRACE_MS) : circuit.probeAt;
}

/** Le disjoncteur entrouvert par cette archive, qui devient sa sonde. @returns `null` quand elle ne peut pas sonder maintenant. */
export function probedBy(
  circuit: Circuit,
  archive: string,
  at: Instant,
  policy: CircuitPolicy,
): Circuit | null {
  const date = probeDateOf(circuit, archive);
  if (date === null || at < date) return null;
  return { ...circuit, state: 'half-open', probeAt: addMs(at, policy.probeLeaseMs) };
}

/** Renvoie un acte à plus tard : sa date, et le disjoncteur qui le compte. */
export function lineUp(
  circuit: Circuit,
  archive: string,
  at: Instant,
): { readonly circuit: Circuit; readonly until: Instant } {
  const date = probeDateOf(circuit, archive) ?? at;
  const from = date > at ? date : at;
  return {
    circuit: { ...circuit, waiting: circuit.waiting + 1 },
    until: addMs(from, circuit.waiting * SPACING_MS + (from === at ? SPACING_MS : 0)),
  };
}
