import type { IdentifiantActe } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { aTransmission } from '@teletransmission/testkit';
import type {
  Empreinte,
  EnveloppeId,
  Transmission,
  TransmissionState,
} from '@teletransmission/teletransmission';
import { changeState } from '@teletransmission/teletransmission';
import type { AnswerTimings } from '../../libs/teletransmission/src/outcome/answer-happening';
import type { TransmissionHappening } from '../../libs/teletransmission/src/transmission/state-change';
import type { Setting } from './step';
import type { Worker, World } from './world';
import { IDLE, IDLE_SWEEPER } from './world';

export const NOW = '2022-11-02T10:00:00.000Z' as Instant;
const OPENED_AT = '2022-11-02T09:30:00.000Z' as Instant;

/** Les délais du modèle : leur longueur n'y compte pas, seulement le nombre de tours. */
export function timingsOf({ bounds }: Setting): AnswerTimings {
  return {
    ackDeadlineMs: 1,
    settleMs: 1,
    retry: { maxTurns: bounds.turns, firstDelayMs: 1, maxDelayMs: 1 },
  };
}

/** La transmission que ce monde porte, telle que le domaine la lit. */
export function transmissionOf(world: World, state: TransmissionState = world.state): Transmission {
  return aTransmission({
    identifiantActe: '034-213402761-20221020-2022-10-062-DE' as IdentifiantActe,
    state,
    cycle: world.cycle,
    turn: world.turn,
    isOverdue: world.isOverdue,
    enveloppeId: enveloppeIdOf(world.cycle),
    stopReason: world.state === 'rejected' ? { code: 'anomalie/007', detail: 'Fichier illisible.' } : null,
    dateReception: world.accusesApplied > 0 ? ('2022-11-02' as Transmission['dateReception']) : null,
  });
}

export const archiveOf = (cycle: number): { nom: string; empreinte: Empreinte; tailleOctets: number } => ({
  nom: `archive-${cycle}`,
  empreinte: `${cycle}` as Empreinte,
  tailleOctets: 1,
});

export const enveloppeIdOf = (cycle: number): EnveloppeId => `enveloppe-${cycle}` as EnveloppeId;

/** Le dernier envoi de ce monde, comme `EnvoiRepository.lastOf` le rend. */
export function lastEnvoiOf({ sentCycle }: World): {
  enveloppeId: EnveloppeId;
  ouvertLe: Instant;
  premierOuvertLe: Instant;
} | null {
  return sentCycle === 0
    ? null
    : { enveloppeId: enveloppeIdOf(sentCycle), ouvertLe: OPENED_AT, premierOuvertLe: OPENED_AT };
}

/** Ce qu'un acteur avait lu quand il écrit. */
export interface Reading {
  readonly fresh: boolean;
  readonly read: TransmissionState;
}

const DENIALS: readonly string[] = ['proven-absent', 'envoi-abandoned', 'anomalie-received'];

/**
 * L'écriture d'un état, comme le livre la fait : conditionnée à l'état et à la version lus, par le vrai `changeState` et la vraie table,
 * avec ses effets et ses messages. @returns `null` quand quelqu'un d'autre a écrit depuis : rien n'a bougé.
 */
export function recordChange(
  world: World,
  reading: Reading,
  happening: TransmissionHappening,
  setting: Setting,
): World | null {
  const isCurrent =
    setting.weakness === 'records-whatever-version' ? world.state === reading.read : reading.fresh;
  if (!isCurrent) return null;
  const change = changeState(transmissionOf(world), happening);
  if (!change.ok) return null;
  const { to, patch, effects, outbox } = change.value;
  const opens = effects.some(({ kind }) => kind === 'open-envoi');
  const closes = effects.some(({ kind }) => kind === 'close-envoi');
  const cycle = patch.cycle ?? world.cycle;
  const [first, second] = world.workers;
  const reduces = setting.isReduced === true;
  return {
    ...world,
    state: to,
    cycle,
    turn: patch.turn ?? world.turn,
    isOverdue: patch.isOverdue ?? world.isOverdue,
    sentCycle: opens ? cycle : world.sentCycle,
    // Hors de l'envoi, qu'un bail soit échu ne se voit plus.
    envoi: opens ? 'open' : closes || world.envoi === 'none' ? 'none' : 'open',
    // Le travail d'un état quitté rendrait « fait » à qui le prendrait : il ne compte plus.
    job: outbox.some(({ job }) => JOBS.includes(job)) ? 'outbox' : 'none',
    inDoubt: world.inDoubt && !DENIALS.includes(happening.event),
    workers: [overtaken(first, reduces), overtaken(second, reduces)],
    sweeper: reduces ? IDLE_SWEEPER : { ...world.sweeper, fresh: false },
    constat: 'none',
    accusesApplied: world.accusesApplied + (happening.event === 'ar-received' ? 1 : 0),
  };
}

const JOBS: readonly string[] = ['seal-enveloppe', 'submit-enveloppe', 'reconcile-envoi'];

/**
 * Un travailleur qu'un autre a devancé. Réduit, il saute les pas dont rien ne peut plus sortir — son écriture sera refusée, et il n'a rien
 * changé d'ici là : même avenir, bien moins de mondes.
 */
function overtaken(worker: Worker, reduces: boolean): Worker {
  if (!reduces) return { ...worker, fresh: false };
  switch (worker.stage) {
    case 'sealing':
    case 'about-to-open':
    case 'asking':
    case 'found':
      return IDLE;
    case 'answered':
      return { ...IDLE, stage: 'late' };
    case 'judged':
      return { ...IDLE, stage: 'retour-read', retour: worker.retour };
    default:
      return { ...worker, fresh: false };
  }
}
