import { EUROPE_PARIS } from '@teletransmission/kernel';
import type { LectureXml } from '@teletransmission/actes';
import { anAccuse, anAnomalie } from '@teletransmission/testkit';
import type { Empreinte, Retour, RetourId } from '@teletransmission/teletransmission';
import { LIAISON_DIRECTE, RETOUR_POLICY, RETOUR_TRANSITIONS } from '@teletransmission/teletransmission';
import { judgeRetour } from '../../libs/teletransmission/src/retour/judge-retour';
import { readableOf, readRetour } from '../../libs/teletransmission/src/retour/read-retour';
import { happeningOfRetour } from '../../libs/teletransmission/src/retour/retour-happening';
import { lastEnvoiOf, NOW, recordChange, transmissionOf } from './record-change';
import type { Setting, Step } from './step';
import { calm, mishap } from './step';
import type { Mail, Worker, World } from './world';
import { IDLE, withMail, withWorker } from './world';

/** Les messages de la préfecture, lus une fois pour toutes par le vrai lecteur. */
export type Lectures = Readonly<Record<Mail['kind'], LectureXml>>;

/** Un accusé et une anomalie de l'acte de référence, lus comme le service les lit. */
export async function readLectures(): Promise<Lectures> {
  const lectureOf = async (octets: Buffer): Promise<LectureXml> => {
    const content = await readRetour(readableOf(octets), 'retour');
    const lecture = content.ok ? content.value.messages[0]?.lecture : undefined;
    if (!lecture) throw new Error('le retour de référence ne se lit pas');
    return lecture;
  };
  return { ar: await lectureOf(await anAccuse()), anomalie: await lectureOf(await anAnomalie()) };
}

const RETOUR: Retour = {
  id: 'retour' as RetourId,
  liaisonId: LIAISON_DIRECTE,
  source: 'directe',
  sourceId: 'retour',
  nom: 'retour',
  empreinte: '0' as Empreinte,
  tailleOctets: 1,
  recuLe: NOW,
  state: 'received',
  lecture: 1,
  rattacheA: null,
  remarques: [],
};

/** Ce que fait un travailleur qui applique un retour. */
export function applyingSteps(
  world: World,
  index: number,
  setting: Setting,
  lectures: Lectures,
): readonly Step[] {
  const worker = world.workers[index === 0 ? 0 : 1];
  const mail = world.mails[worker.retour];
  if (worker.stage === 'idle')
    return world.mails.flatMap(({ here, job }, retour) =>
      here === 'received' && job === 'queue'
        ? [
            calm(
              `prend le retour ${retour + 1} à appliquer`,
              withWorker(world, index, { ...IDLE, stage: 'retour-read', retour }),
            ),
          ]
        : [],
    );
  if (!mail) return [];
  switch (worker.stage) {
    case 'retour-read':
      return [judge(world, index, worker, lectures[mail.kind])];
    case 'judged':
      return [apply(world, index, worker, setting, lectures[mail.kind])];
    case 'to-settle':
      return [settle(world, index, worker, mail)];
    default:
      return [];
  }
}

/** Un autre retour de mêmes octets est-il déjà appliqué ? */
function hasAppliedTwin({ mails }: World, retour: number): boolean {
  const mail = mails[retour];
  return mails.some(
    ({ kind, cycle, echo, here }, i) =>
      i !== retour &&
      here === 'applied' &&
      kind === mail?.kind &&
      cycle === mail.cycle &&
      (echo === 'rewritten') === (mail.echo === 'rewritten'),
  );
}

function judge(world: World, index: number, { retour }: Worker, lecture: LectureXml): Step {
  const of = judgeRetour({
    lecture,
    transmission: transmissionOf(world),
    isCurrentEnveloppe: true,
    isEcho: hasAppliedTwin(world, retour),
    sent: lastEnvoiOf(world),
    recuLe: NOW,
    fuseau: EUROPE_PARIS,
  });
  const { event } = RETOUR_POLICY[of];
  const worker: Worker = {
    ...IDLE,
    retour,
    stage: event === 'retour-applied' ? 'judged' : 'to-settle',
    answer: event === 'retour-applied' ? '' : RETOUR_TRANSITIONS.received[event],
    fresh: event === 'retour-applied',
    read: event === 'retour-applied' ? world.state : 'queued',
  };
  return calm(
    `lit l’acte (« ${world.state} ») et juge le retour ${retour + 1} : ${of}`,
    withWorker(world, index, worker),
  );
}

function apply(world: World, index: number, worker: Worker, setting: Setting, lecture: LectureXml): Step {
  const { retour } = worker;
  const mail = world.mails[retour];
  if (mail?.here !== 'received' && setting.weakness !== 'applies-whatever-retour')
    return calm(`veut appliquer le retour ${retour + 1} : un autre l’a fait`, withWorker(world, index, IDLE));
  const again = withWorker(world, index, { ...IDLE, stage: 'retour-read', retour });
  const happening = happeningOfRetour(RETOUR, transmissionOf(world), lecture, lastEnvoiOf(world), NOW);
  if (!happening.ok) return calm('juge de nouveau', again);
  const closing = { kind: 'close-envoi', outcome: 'answered', code: '', detail: null } as const;
  const recorded = recordChange(world, worker, { ...happening.value, effects: [closing] }, setting);
  if (!recorded) return calm(`veut appliquer le retour ${retour + 1} : l’acte a bougé, il le relit`, again);
  const applied = withMail(recorded, retour, { here: 'applied', job: 'none' });
  return calm(
    `applique le retour ${retour + 1} : « ${happening.value.event} »`,
    withWorker(applied, index, IDLE),
    mail?.kind === 'anomalie' && mail.cycle !== world.cycle
      ? 'un refus ne touche que l’archive dont il parle'
      : undefined,
  );
}

function settle(world: World, index: number, worker: Worker, mail: Mail): Step {
  const here = worker.answer as Mail['here'];
  const settled = mail.here === 'received' ? withMail(world, worker.retour, { here, job: 'none' }) : world;
  return calm(`classe le retour ${worker.retour + 1} : ${worker.answer}`, withWorker(settled, index, IDLE));
}

/** La relève : lire ce qui attend et l'inscrire d'abord, l'acquitter en amont ensuite. Lire ne change rien et ne se périme pas. */
export function collectingSteps(world: World, { weakness }: Setting): readonly Step[] {
  const { stage, mail } = world.collector;
  const isKeepingFirst = weakness !== 'acknowledges-before-keeping';
  const keeps = (i: number): Step =>
    calm(`la relève inscrit le retour ${i + 1}`, { ...kept(world, i), collector: after(stage, i) });
  const acknowledges = (i: number): Step =>
    calm(`la relève acquitte en amont le retour ${i + 1}`, {
      ...withMail(world, i, { isAcknowledged: true }),
      collector: after(stage, i),
    });
  if (stage === 'idle')
    return world.mails.flatMap(({ isAcknowledged }, i) =>
      isAcknowledged ? [] : [isKeepingFirst ? keeps(i) : acknowledges(i)],
    );
  return [
    isKeepingFirst ? acknowledges(mail) : keeps(mail),
    mishap('la relève meurt', { ...world, collector: IDLE_COLLECTOR }),
  ];
}

const IDLE_COLLECTOR = { stage: 'idle', mail: -1 } as const;

const after = (stage: 'idle' | 'half-done', mail: number): World['collector'] =>
  stage === 'idle' ? { stage: 'half-done', mail } : IDLE_COLLECTOR;

/** Inscrit un retour : chaque remise a sa ligne, fût-ce pour des octets déjà vus. */
function kept(world: World, index: number): World {
  return world.mails[index]?.here === 'absent'
    ? withMail(world, index, { here: 'received', job: 'outbox' })
    : world;
}
