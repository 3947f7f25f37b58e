import type { Instant, Problem } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { CollectiviteId } from '../ids';
import type { Transmission } from '../transmission/transmission';
import type { RetourCase } from './policy';
import { RETOUR_POLICY } from './policy';
import type { Retour } from './retour';
import type { RetourState } from '../vies/retour-transitions';
import { RETOUR_TRANSITIONS } from '../vies/retour-transitions';
import type { RetourSettlement } from './settlement';

/** Ce qu'un message d'un retour est devenu. Appliqué : écrit avec l'état de la transmission, dans la même transaction. */
export interface Verdict {
  readonly case: RetourCase;
  readonly flux: string | null;
  readonly transmission: Transmission | null;
  readonly collectiviteId?: CollectiviteId;
  /** Pourquoi il attend une personne. */
  readonly problem: Problem | null;
  /** Comment ce dont il parle a été trouvé, quand il ne le nomme pas exactement. */
  readonly found?: Problem | null;
}

/** Où un verdict mène le retour qu'on vient de lire. */
export function stateAfter(verdict: Pick<Verdict, 'case'>): RetourState {
  return RETOUR_TRANSITIONS.received[RETOUR_POLICY[verdict.case].event];
}

/** Le message qui demande une personne donne son état au retour ; sinon celui dont quelque chose se remarque ; sinon le premier. */
export function leadingVerdict(verdicts: readonly Verdict[]): Verdict | undefined {
  return (
    verdicts.find(({ problem }) => problem !== null) ??
    verdicts.find((verdict) => remarqueOf(verdict) !== null) ??
    verdicts.at(0)
  );
}

/** Ce qui attend une personne le dit par la phrase de sa règle ; un doublon ne demande rien à personne. */
export function problemOf(of: RetourCase, dateBrute?: string): Problem | null {
  const { event, phrase } = RETOUR_POLICY[of];
  if (event === 'retour-applied' || event === 'retour-duplicate') return null;
  const received = dateBrute === undefined ? '' : ` Date reçue : « ${dateBrute.slice(0, 40)} ».`;
  return { code: `retour/${of}`, detail: phrase + received };
}

/** Ce qui se remarque d'un retour appliqué : sa date, et comment on a trouvé ce dont il parle. */
export function remarqueOf({ case: of, found = null }: Verdict): Problem | null {
  const { isRemarked, phrase } = RETOUR_POLICY[of];
  const ofCase = isRemarked === true ? { code: `retour/${of}`, detail: phrase } : null;
  return both(ofCase, found);
}

/** Le règlement d'un retour par ce verdict. */
export function settlementOf(retour: Retour, verdict: Verdict, at: Instant): RetourSettlement {
  const said = saidOf(verdict);
  return {
    retour,
    to: stateAfter(verdict),
    flux: verdict.flux,
    collectiviteId: collectiviteOf(verdict),
    transmissionId: verdict.transmission?.id ?? null,
    code: said?.code ?? null,
    detail: said?.detail ?? null,
    audit: retourAuditOf(retour, verdict, at),
  };
}

/** La ligne de journal d'un retour jugé. */
export function retourAuditOf(retour: Retour, verdict: Verdict, at: Instant): AuditEntry {
  const said = saidOf(verdict);
  return {
    collectiviteId: collectiviteOf(verdict),
    deliberationId: verdict.transmission?.deliberationId ?? null,
    sujet: 'retour',
    sujetId: retour.id,
    evenement: RETOUR_POLICY[verdict.case].event,
    etatAvant: 'received',
    etatApres: stateAfter(verdict),
    instant: at,
    acteur: { kind: 'service' },
    motif: said?.detail ?? null,
    preuve: {
      retour: retour.nom,
      empreinteRetour: retour.empreinte,
      flux: verdict.flux,
      code: said?.code ?? null,
      cas: verdict.case,
    },
  };
}

function collectiviteOf({ transmission, collectiviteId }: Verdict): CollectiviteId | null {
  return transmission?.collectiviteId ?? collectiviteId ?? null;
}

/** Ce qui se dit d'un retour : pourquoi il attend, sinon ce qui s'en remarque. */
function saidOf(verdict: Verdict): Problem | null {
  return verdict.problem ? both(verdict.problem, verdict.found ?? null) : remarqueOf(verdict);
}

function both(first: Problem | null, second: Problem | null): Problem | null {
  return first && second
    ? { code: first.code, detail: `${first.detail} ${second.detail}` }
    : (first ?? second);
}
