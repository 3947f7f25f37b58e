import { happeningOfFinding } from '../../libs/teletransmission/src/outcome/settle-uncertain';
import { resubmission } from '../../libs/teletransmission/src/transmission/resubmission';
import { NOW, recordChange, timingsOf, transmissionOf } from './record-change';
import { taken } from './sending-steps';
import type { Setting, Step } from './step';
import { calm, mishap } from './step';
import type { JobPlace, Mail, World } from './world';
import { IDLE_SWEEPER, isLineQuiet, withMail } from './world';

/** L'horloge, le relais, le balayage, et Redis qui oublie. */
export function backgroundSteps(world: World, setting: Setting): readonly Step[] {
  return [...leaseSteps(world), ...relaySteps(world), ...sweepSteps(world, setting), ...flushSteps(world)];
}

function leaseSteps(world: World): readonly Step[] {
  return world.state === 'sending' && world.envoi === 'open'
    ? [calm('le bail échoit', { ...world, envoi: 'expired' })]
    : [];
}

/** Porté deux fois, un travail garde la même identité : il reste un, que deux travailleurs peuvent prendre. */
function relaySteps(world: World): readonly Step[] {
  return [
    ...(world.job === 'outbox'
      ? [calm('le relais porte le travail de l’acte', { ...world, job: 'queue' as const })]
      : []),
    ...world.mails.flatMap(({ job }, i) =>
      job === 'outbox'
        ? [calm(`le relais porte le retour ${i + 1}`, withMail(world, i, { job: 'queue' }))]
        : [],
    ),
  ];
}

function flushSteps(world: World): readonly Step[] {
  if (world.job !== 'queue' && world.mails.every(({ job }) => job !== 'queue')) return [];
  const forgotten = (job: JobPlace): JobPlace => (job === 'queue' ? 'none' : job);
  const mails = world.mails.map((mail) => ({ ...mail, job: forgotten(mail.job) }));
  return [mishap('Redis oublie tout', { ...world, job: forgotten(world.job), mails })];
}

const WAITING: readonly string[] = ['queued', 'sealed', 'uncertain'];

function sweepSteps(world: World, setting: Setting): readonly Step[] {
  const { stage } = world.sweeper;
  if (stage !== 'idle')
    return [sweptStep(world, setting), mishap('le balayage meurt', { ...world, sweeper: IDLE_SWEEPER })];
  const reads = (next: 'expired' | 'overdue', label: string): Step =>
    calm(label, { ...world, sweeper: { stage: next, fresh: true } });
  const steps: Step[] = [];
  const isExpired = world.state === 'sending' && world.envoi === 'expired';
  if (isExpired && setting.weakness !== 'never-sweeps-leases')
    steps.push(reads('expired', 'le balayage trouve un bail échu'));
  if (world.state === 'awaiting-ack' && !world.isOverdue)
    steps.push(reads('overdue', 'le balayage trouve un accusé en retard'));
  if (setting.weakness === 'never-requeues') return steps;
  if (world.job === 'none' && WAITING.includes(world.state))
    steps.push(calm('le balayage remet en file le travail de l’acte', { ...world, job: 'queue' }));
  world.mails.forEach(({ here, job }, i) => {
    if (here === 'received' && job === 'none')
      steps.push(calm(`le balayage remet en file le retour ${i + 1}`, withMail(world, i, { job: 'queue' })));
  });
  return steps;
}

function sweptStep(world: World, setting: Setting): Step {
  const { stage, fresh } = world.sweeper;
  const actor = { kind: 'horloge' } as const;
  const isRetrying = setting.weakness === 'sweep-retries-interrupted';
  const recorded =
    stage === 'overdue'
      ? recordChange(
          world,
          { fresh, read: 'awaiting-ack' },
          { event: 'ack-deadline-passed', at: NOW, actor, patch: { isOverdue: true } },
          setting,
        )
      : recordChange(
          world,
          { fresh, read: 'sending' },
          {
            event: isRetrying ? 'envoi-deferred' : 'envoi-lost',
            at: NOW,
            actor,
            effects: isRetrying ? [{ kind: 'close-envoi', outcome: 'lost', code: '', detail: null }] : [],
            outbox: [
              {
                job: isRetrying ? 'submit-enveloppe' : 'reconcile-envoi',
                targetId: '',
                turn: 0,
                notBefore: null,
              },
            ],
          },
          setting,
        );
  const label =
    stage === 'overdue'
      ? 'signale le retard'
      : isRetrying
        ? 'remet l’envoi à plus tard'
        : 'rend l’envoi incertain';
  return calm(`le balayage ${recorded ? label : 'veut écrire : l’acte a bougé'}`, {
    ...(recorded ?? world),
    sweeper: IDLE_SWEEPER,
  });
}

/** La préfecture : ce qui est sur la ligne y arrive ou s'y perd, et ce qu'elle a pris, elle en rend compte, parfois deux fois. */
export function prefectureSteps(world: World, { bounds }: Setting): readonly Step[] {
  const steps: Step[] = [];
  for (const [i, cycle] of world.orphans.entries()) {
    if (world.orphans.indexOf(cycle) !== i) continue;
    const left = { ...world, orphans: world.orphans.filter((_, j) => j !== i) };
    steps.push(calm(`l’archive ${cycle}, restée sur la ligne, s’y perd`, left));
    steps.push(calm(`l’archive ${cycle}, restée sur la ligne, arrive`, taken(left, cycle)));
  }
  world.fates.forEach((fate, i) => {
    const cycle = i + 1;
    if (fate === 'taken') {
      steps.push(
        calm(
          `la préfecture émet l’accusé de l’archive ${cycle}`,
          emitted(world, { kind: 'ar', cycle, echo: 'none' }),
        ),
      );
      steps.push(
        mishap(
          `la préfecture émet une anomalie sur l’archive ${cycle}`,
          emitted(world, { kind: 'anomalie', cycle, echo: 'none' }),
        ),
      );
    }
    if (world.mails.filter(({ echo }) => echo !== 'none').length >= bounds.echoes) return;
    if (fate === 'accused') {
      steps.push(
        mishap(
          `la préfecture rend encore l’accusé ${cycle}, mêmes octets`,
          emitted(world, { kind: 'ar', cycle, echo: 'same-bytes' }),
        ),
      );
    }
    if (fate === 'anomaly') {
      steps.push(
        mishap(
          `la préfecture rend encore l’anomalie ${cycle}, mêmes octets`,
          emitted(world, { kind: 'anomalie', cycle, echo: 'same-bytes' }),
        ),
      );
    }
    if (fate === 'accused' || fate === 'anomaly')
      steps.push(
        mishap(
          `la préfecture émet un accusé réécrit de l’archive ${cycle}`,
          emitted(world, { kind: 'ar', cycle, echo: 'rewritten' }),
        ),
      );
  });
  return steps;
}

function emitted(world: World, mail: Pick<Mail, 'kind' | 'cycle' | 'echo'>): World {
  const fates = world.fates.map((fate, i) =>
    i !== mail.cycle - 1 || fate !== 'taken' ? fate : mail.kind === 'ar' ? 'accused' : 'anomaly',
  );
  const mails: readonly Mail[] = [
    ...world.mails,
    { ...mail, isAcknowledged: false, here: 'absent', job: 'none' },
  ];
  return { ...world, fates, mails };
}

/** Les personnes : deux constats d'accord, une retenue, une remise en file. Elles disent la vérité, vue une fois la ligne calme. */
export function operatorSteps(world: World, setting: Setting): readonly Step[] {
  const { state } = world;
  if (state === 'held' || state === 'rejected') {
    if (world.cycle >= setting.bounds.cycles) return [];
    return decided(world, setting, 'un opérateur remet l’acte en file, archive neuve', 'resubmitted');
  }
  if (state === 'queued' || state === 'sealed')
    return decided(world, setting, 'un opérateur retient l’acte', 'put-on-hold');
  return state === 'uncertain' ? constats(world, setting) : [];
}

function decided(
  world: World,
  setting: Setting,
  label: string,
  event: 'resubmitted' | 'put-on-hold',
): readonly Step[] {
  const consequence = event === 'resubmitted' ? resubmission(transmissionOf(world), NOW) : {};
  const actor = { kind: 'service' } as const;
  const next = recordChange(
    world,
    { fresh: true, read: world.state },
    { event, at: NOW, actor, ...consequence },
    setting,
  );
  return next ? [mishap(label, next)] : [];
}

function constats(world: World, setting: Setting): readonly Step[] {
  const isThere = world.fates[world.cycle - 1] !== 'absent';
  if (!isThere && !isLineQuiet(world)) return [];
  const constat = isThere ? 'presente' : 'absente';
  if (world.constat !== constat)
    return [mishap(`un opérateur constate l’archive ${constat}`, { ...world, constat })];
  const happening = happeningOfFinding(
    transmissionOf(world),
    isThere ? 'present' : 'absent',
    { at: NOW, actor: { kind: 'service' }, reason: '', evidence: {} },
    timingsOf(setting),
  );
  const next = recordChange(world, { fresh: true, read: 'uncertain' }, happening, setting);
  return next
    ? [mishap(`un second opérateur constate l’archive ${constat} : « ${happening.event} »`, next)]
    : [];
}
