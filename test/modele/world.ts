import type { RetourState, TransmissionState } from '@teletransmission/teletransmission';

/** Où en est un travailleur : ce qu'il vient de faire, et donc l'appel qui suit. */
export type WorkerStage =
  | 'idle'
  | 'sealing'
  | 'about-to-open'
  | 'opened'
  | 'on-the-line'
  | 'answered'
  | 'late'
  | 'asking'
  | 'found'
  | 'retour-read'
  | 'judged'
  | 'to-settle';

/** Un travail : écrit dans la boîte d'envoi, porté à la file, ou nulle part. */
export type JobPlace = 'none' | 'outbox' | 'queue';

/**
 * Un travailleur et ce qu'il a lu. `fresh` : personne n'a écrit la transmission depuis ; c'est la version, dont seul compte qu'elle soit
 * encore la bonne — la garder en nombre distinguerait des mondes que rien ne distingue.
 */
export interface Worker {
  readonly stage: WorkerStage;
  readonly fresh: boolean;
  readonly read: TransmissionState;
  readonly cycle: number;
  /** La réponse à l'envoi, ce que la recherche a trouvé, ou l'état où mener le retour. */
  readonly answer: string;
  readonly retour: number;
}

/** Ce que la préfecture sait d'une archive, une par cycle. */
export type Fate = 'absent' | 'taken' | 'accused' | 'anomaly';

/** Un retour émis par la préfecture. `echo` : une autre remise des mêmes octets, ou le même accusé réécrit. */
export interface Mail {
  readonly kind: 'ar' | 'anomalie';
  readonly cycle: number;
  readonly echo: 'none' | 'same-bytes' | 'rewritten';
  readonly isAcknowledged: boolean;
  /** `absent` : pas encore chez nous. */
  readonly here: RetourState | 'absent';
  readonly job: JobPlace;
}

/** Un instant du monde : tout ce qui décide de la suite, et rien d'autre. Immuable. */
export interface World {
  readonly state: TransmissionState;
  readonly cycle: number;
  readonly turn: number;
  readonly isOverdue: boolean;
  /** Le cycle du dernier envoi ouvert ; 0 : rien n'est jamais parti. */
  readonly sentCycle: number;
  readonly envoi: 'none' | 'open' | 'expired';
  readonly job: JobPlace;
  readonly workers: readonly [Worker, Worker];
  /** Les archives encore sur la ligne dont l'auteur est mort ou a renoncé, par cycle. */
  readonly orphans: readonly number[];
  readonly fates: readonly Fate[];
  /** Vrai tant qu'un envoi est peut-être arrivé sans que rien l'ait démenti. */
  readonly inDoubt: boolean;
  readonly mails: readonly Mail[];
  readonly collector: { readonly stage: 'idle' | 'half-done'; readonly mail: number };
  readonly sweeper: { readonly stage: 'idle' | 'expired' | 'overdue'; readonly fresh: boolean };
  readonly constat: 'none' | 'presente' | 'absente';
  readonly accusesApplied: number;
}

/** Jusqu'où va l'exploration. Morts, files vidées, réponses perdues et battements manqués n'ont, eux, pas de borne. */
export interface Bounds {
  readonly cycles: number;
  readonly turns: number;
  readonly echoes: number;
  /** La préfecture ne sait jamais dire si elle a une archive : seuls deux opérateurs tranchent. */
  readonly isMute: boolean;
}

export const IDLE: Worker = {
  stage: 'idle',
  fresh: false,
  read: 'queued',
  cycle: 0,
  answer: '',
  retour: -1,
};

export const IDLE_SWEEPER: World['sweeper'] = { stage: 'idle', fresh: false };

/** L'acte vient d'être déposé : son état, et le message qui le fera avancer. */
export function newWorld({ cycles }: Bounds): World {
  return {
    state: 'queued',
    cycle: 1,
    turn: 0,
    isOverdue: false,
    sentCycle: 0,
    envoi: 'none',
    job: 'outbox',
    workers: [IDLE, IDLE],
    orphans: [],
    fates: Array.from({ length: cycles }, () => 'absent'),
    inDoubt: false,
    mails: [],
    collector: { stage: 'idle', mail: -1 },
    sweeper: IDLE_SWEEPER,
    constat: 'none',
    accusesApplied: 0,
  };
}

const workerKey = ({ stage, fresh, read, cycle, answer, retour }: Worker): string =>
  `${stage}${fresh ? '+' : '-'}${read}${cycle}${answer}${retour}`;

/** Deux mondes de même clé ont le même avenir : les travailleurs y sont interchangeables, comme les archives orphelines. */
export function keyOf(world: World): string {
  const { workers, collector, sweeper, mails } = world;
  const [a, b] = [workerKey(workers[0]), workerKey(workers[1])];
  let key = `${world.state}${world.cycle}${world.turn}${world.isOverdue ? 'o' : ''}${world.sentCycle}${world.envoi}`;
  key += `${world.job}|${a < b ? `${a}|${b}` : `${b}|${a}`}|${world.orphans.join('')}|${world.fates.join('')}`;
  key += `${world.inDoubt ? '?' : ''}|${collector.stage}${collector.mail}|${sweeper.stage}${sweeper.fresh ? '+' : ''}`;
  key += `|${world.constat}${world.accusesApplied}`;
  for (const { kind, cycle, echo, isAcknowledged, here, job } of mails)
    key += `|${kind}${cycle}${echo}${isAcknowledged ? 'a' : ''}${here}${job}`;
  return key;
}

/** Le monde où ce travailleur en est là. */
export function withWorker(world: World, index: number, worker: Worker): World {
  const [first, second] = world.workers;
  return { ...world, workers: index === 0 ? [worker, second] : [first, worker] };
}

/** Le monde où ce retour a changé. */
export function withMail(world: World, index: number, change: Partial<Mail>): World {
  return { ...world, mails: world.mails.map((mail, i) => (i === index ? { ...mail, ...change } : mail)) };
}

/** Plus rien de parti ne peut encore arriver : le délai d'apaisement est passé, et qui a perdu son bail a cessé d'envoyer. */
export function isLineQuiet({ orphans, workers }: World): boolean {
  return orphans.length === 0 && workers.every(({ stage }) => stage !== 'opened' && stage !== 'on-the-line');
}
