import type { EnvoiId, SubmitAnswer } from '@teletransmission/teletransmission';
import { happeningOfAnswer } from '../../libs/teletransmission/src/outcome/answer-happening';
import { happeningOfFinding } from '../../libs/teletransmission/src/outcome/settle-uncertain';
import { archiveOf, enveloppeIdOf, NOW, recordChange, timingsOf, transmissionOf } from './record-change';
import type { Setting, Step } from './step';
import { calm, mishap } from './step';
import type { Worker, World } from './world';
import { IDLE, isLineQuiet, withWorker } from './world';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

const SERVICE = { kind: 'service' } as const;
const ANSWERS: Readonly<Record<string, SubmitAnswer>> = {
  accepted: { kind: 'accepted', code: '' },
  deferred: { kind: 'deferred', code: '', detail: '' },
  refused: { kind: 'refused', code: '', detail: '' },
  lost: { kind: 'lost', code: '', detail: '' },
};
const BLIND = 'rien ne part tant qu’un envoi précédent est peut-être arrivé';
const TOKEN = 'qui a perdu son bail n’écrit plus aucun état';

/** L'archive de ce cycle est en face ; la seconde fois sous le même nom, la préfecture la reconnaît et n'en a toujours qu'une. */
export function taken(world: World, cycle: number): World {
  const fates = world.fates.map((fate, i) => (i === cycle - 1 && fate === 'absent' ? 'taken' : fate));
  return { ...world, fates };
}

/** Ce que fait un travailleur qui scelle, envoie ou demande en face. */
export function sendingSteps(world: World, index: number, setting: Setting): readonly Step[] {
  const worker = world.workers[index === 0 ? 0 : 1];
  switch (worker.stage) {
    case 'idle':
      return world.job === 'queue' ? start(world, index) : [];
    case 'sealing':
      return [seal(world, index, worker, setting)];
    case 'about-to-open':
      return open(world, index, worker, setting);
    case 'opened':
      return [calm('l’archive part', withWorker(world, index, { ...worker, stage: 'on-the-line' }))];
    case 'on-the-line':
      return line(world, index, worker);
    case 'answered':
      return [answer(world, index, worker, setting)];
    case 'late':
      return [keepLate(world, index)];
    case 'asking':
      return ask(world, index, worker, setting);
    case 'found':
      return [settle(world, index, worker, setting)];
    default:
      return [];
  }
}

function start(world: World, index: number): readonly Step[] {
  const { state, cycle } = world;
  const at = (stage: Worker['stage'], label: string): readonly Step[] => [
    calm(label, withWorker(world, index, { ...IDLE, stage, fresh: true, read: state, cycle })),
  ];
  if (state === 'queued') return at('sealing', 'prend la mise sous enveloppe, lit l’acte, range l’archive');
  if (state === 'sealed') return at('about-to-open', 'prend l’envoi, lit l’acte et son archive');
  return state === 'uncertain' ? at('asking', 'prend la recherche, lit l’envoi incertain') : [];
}

function seal(world: World, index: number, worker: Worker, setting: Setting): Step {
  const sealed = recordChange(
    world,
    worker,
    {
      event: 'enveloppe-sealed',
      at: NOW,
      actor: SERVICE,
      patch: { turn: 0, liaisonId: LIAISON_DIRECTE },
      effects: [{ kind: 'seal', enveloppeId: enveloppeIdOf(world.cycle), archive: archiveOf(world.cycle) }],
      outbox: [{ job: 'submit-enveloppe', targetId: '', turn: 0, notBefore: null }],
    },
    setting,
  );
  const label = sealed
    ? 'inscrit l’enveloppe scellée'
    : 'veut inscrire l’enveloppe : l’acte a bougé, rien ne s’écrit';
  return calm(label, withWorker(sealed ?? world, index, IDLE));
}

function open(world: World, index: number, worker: Worker, setting: Setting): readonly Step[] {
  const turn = world.turn + 1;
  const opened = recordChange(
    world,
    worker,
    {
      event: 'envoi-opened',
      at: NOW,
      actor: SERVICE,
      patch: { turn, nextTurnAt: null },
      effects: [
        {
          kind: 'open-envoi',
          envoiId: '' as EnvoiId,
          enveloppeId: enveloppeIdOf(world.cycle),
          turn,
          leaseUntil: NOW,
        },
      ],
    },
    setting,
  );
  // La défense retirée : l'archive part d'abord, et son auteur meurt avant d'avoir rien inscrit.
  const strays =
    setting.weakness === 'sends-before-intent' && world.orphans.length === 0
      ? [mishap('envoie l’archive sans l’avoir inscrit, et meurt', strayed(world, index, worker))]
      : [];
  if (!opened)
    return [...strays, calm('veut ouvrir l’envoi : un autre l’a fait', withWorker(world, index, IDLE))];
  const next = withWorker({ ...opened, inDoubt: true }, index, {
    ...worker,
    stage: 'opened',
    fresh: true,
    read: 'sending',
  });
  return [...strays, calm(`ouvre l’envoi sous bail, tour ${turn}`, next, world.inDoubt ? BLIND : undefined)];
}

/** Le battement trouve le bail perdu, et l'envoi s'abandonne ; ce qui est parti reste sur la ligne. */
function giveUp(world: World, index: number, { fresh, cycle }: Worker): readonly Step[] {
  if (fresh && world.envoi !== 'expired') return [];
  return [
    calm('bat, trouve son bail perdu, abandonne l’envoi', withWorker(orphaned(world, cycle), index, IDLE)),
  ];
}

const orphaned = (world: World, cycle: number): World => ({
  ...world,
  orphans: [...world.orphans, cycle].sort((a, b) => a - b),
});

const strayed = (world: World, index: number, { cycle }: Worker): World => ({
  ...withWorker(orphaned(world, cycle), index, IDLE),
  inDoubt: true,
});

function line(world: World, index: number, worker: Worker): readonly Step[] {
  const { cycle } = worker;
  const answered = (kind: string, then: World = world): World =>
    withWorker(then, index, { ...worker, stage: 'answered', answer: kind });
  return [
    calm(`la préfecture prend l’archive ${cycle} et le dit`, answered('accepted', taken(world, cycle))),
    mishap(
      `la préfecture prend l’archive ${cycle}, la réponse se perd`,
      answered('lost', taken(world, cycle)),
    ),
    mishap(`l’archive ${cycle} se perd en route, sans réponse`, answered('lost')),
    mishap(`la préfecture est fermée : l’archive ${cycle} n’est pas prise`, answered('deferred')),
    ...(world.fates[cycle - 1] === 'absent'
      ? [mishap(`la préfecture refuse l’archive ${cycle}`, answered('refused'))]
      : []),
    ...giveUp(world, index, worker),
  ];
}

function answer(world: World, index: number, worker: Worker, setting: Setting): Step {
  const given =
    ANSWERS[
      setting.weakness === 'retries-lost-answer' && worker.answer === 'lost' ? 'deferred' : worker.answer
    ];
  if (!given) throw new Error(`réponse inconnue « ${worker.answer} »`);
  const reading = setting.weakness === 'late-worker-writes' ? { fresh: true, read: world.state } : worker;
  const happening = happeningOfAnswer(
    transmissionOf(world),
    archiveOf(worker.cycle),
    given,
    NOW,
    timingsOf(setting),
  );
  const recorded = recordChange(world, reading, happening, setting);
  if (!recorded)
    return calm(
      'veut inscrire la réponse : l’acte a bougé, rien ne s’écrit',
      withWorker(world, index, { ...IDLE, stage: 'late' }),
    );
  // Seule une réponse de la préfecture dément l'arrivée, non ce qu'on en a écrit.
  const isDenied = worker.answer === 'deferred' || worker.answer === 'refused';
  const next = withWorker({ ...recorded, inDoubt: recorded.inDoubt && !isDenied }, index, IDLE);
  return calm(`inscrit la réponse « ${happening.event} »`, next, worker.fresh ? undefined : TOKEN);
}

function keepLate(world: World, index: number): Step {
  const asks = world.state === 'uncertain' && world.job === 'none';
  return calm('garde sa réponse tardive comme pièce', {
    ...withWorker(world, index, IDLE),
    job: asks ? 'outbox' : world.job,
  });
}

function ask(world: World, index: number, worker: Worker, { bounds, weakness }: Setting): readonly Step[] {
  const isThere = world.fates[worker.cycle - 1] !== 'absent';
  const later = calm(
    'demande en face, sans réponse qui vaille : redemandera',
    withWorker(world, index, IDLE),
  );
  if (bounds.isMute) return [later];
  const found = (answer: 'present' | 'absent'): Step =>
    calm(
      `demande en face : l’archive ${worker.cycle} est ${answer === 'present' ? 'là' : 'absente'}`,
      withWorker(world, index, { ...worker, stage: 'found', answer }),
    );
  if (isThere) return [found('present')];
  // Avant le délai d'apaisement, une absence ne prouve rien.
  return [isLineQuiet(world) || weakness === 'believes-absence-at-once' ? found('absent') : later];
}

function settle(world: World, index: number, worker: Worker, setting: Setting): Step {
  const verdict = worker.answer === 'present' ? 'present' : 'absent';
  const finding = { at: NOW, actor: SERVICE, reason: '', evidence: {} };
  const happening = happeningOfFinding(transmissionOf(world), verdict, finding, timingsOf(setting));
  const recorded = recordChange(world, worker, happening, setting);
  const label = recorded
    ? `inscrit « ${happening.event} »`
    : 'veut trancher : l’acte a bougé, rien ne s’écrit';
  return calm(label, withWorker(recorded ?? world, index, IDLE));
}

/** La mort d'un travailleur, où qu'il en soit : ce qu'il avait lu s'oublie, ce qui est sur la ligne y reste. */
export function deathOf(world: World, index: number): readonly Step[] {
  const { stage, cycle } = world.workers[index === 0 ? 0 : 1];
  if (stage === 'idle') return [];
  const left = stage === 'on-the-line' ? orphaned(world, cycle) : world;
  return [mishap('meurt, et repart à neuf', withWorker(left, index, IDLE))];
}
