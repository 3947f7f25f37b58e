import { instantOf } from '@teletransmission/kernel';
import { eventually } from '../../../test/services/eventually';
import { jobIdOf, QUEUE_NAMES } from '../src/contracts/job-contract';
import { bulkJobOf } from '../src/relay/outbox-relay';
import { requeue } from '../src/relay/requeue';
import { upsertSchedules } from '../src/schedules';
import { aMessage, TRACE_ID } from './queue-rig';
import type { QueueRig } from './queue-rig';

/** La suite que passent les files de Redis et celles de PostgreSQL. */
export function describeQueues(name: string, open: () => Promise<QueueRig>): void {
  describe(`les files (${name})`, () => {
    let rig: QueueRig;
    beforeEach(async () => {
      rig = await open();
    });
    afterEach(() => rig.close());

    it('portent un message de la boîte d’envoi jusqu’à son traitement, sous sa trace', async () => {
      rig.startRelay();
      rig.startRunner();
      const message = aMessage();
      rig.publish(message);
      await rig.reaches(message, 'completed');
      expect(rig.outbox.rows).toEqual([]);
      expect(rig.done).toEqual([{ version: 1, traceId: TRACE_ID, transmissionId: message.targetId }]);
      expect(rig.traces).toEqual([TRACE_ID]);
      expect(rig.log.lines).toMatchObject([
        {
          message: 'travail terminé',
          fields: {
            queue: 'submit-enveloppe',
            jobId: jobIdOf('submit-enveloppe', message.targetId, 1),
            transmissionId: message.targetId,
            turn: 0,
            event: 'done',
          },
        },
      ]);
    });

    it('mènent chaque sorte de message à sa file, avec l’identité de sa cible', async () => {
      rig.startRelay();
      const jobs = [
        'seal-enveloppe',
        'submit-enveloppe',
        'reconcile-envoi',
        'apply-retour',
        'track-publication',
      ] as const;
      const messages = jobs.map((job) => aMessage({ job }));
      rig.publish(...messages);
      for (const message of messages) await rig.reaches(message, 'waiting');
      const seen = await Promise.all(
        messages.map(
          async ({ job, targetId }) => (await rig.queue(job).getJob(jobIdOf(job, targetId, 1)))?.data,
        ),
      );
      const fields = ['transmissionId', 'transmissionId', 'transmissionId', 'retourId', 'deliberationId'];
      expect(seen).toEqual(
        messages.map(({ targetId }, n) => ({ version: 1, traceId: TRACE_ID, [fields[n] ?? '']: targetId })),
      );
    });

    it('ne font qu’un travail d’un message publié deux fois', async () => {
      const message = aMessage();
      let isKilled = true;
      rig.outbox.beforeMarking = () => {
        if (!isKilled) return Promise.resolve();
        isKilled = false;
        return Promise.reject(new Error('tué entre la publication et la marque'));
      };
      rig.startRunner();
      rig.startRelay();
      rig.publish(message);
      await eventually('le message est marqué', () => rig.outbox.rows.length === 0);
      await rig.reaches(message, 'completed');
      rig.publish(message);
      await eventually('le message est marqué de nouveau', () => rig.outbox.rows.length === 0);
      const marker = aMessage();
      rig.publish(marker);
      await rig.reaches(marker, 'completed');
      expect(rig.done.map(({ transmissionId }) => transmissionId)).toEqual([
        message.targetId,
        marker.targetId,
      ]);
      expect(isKilled).toBe(false);
    });

    it('font passer le premier de chacun avant le deuxième de tous', async () => {
      const flood = Array.from({ length: 60 }, (_, index) => aMessage({ rang: index + 1 }));
      const alone = aMessage({ rang: 1 });
      rig.startRelay();
      rig.publish(...flood, alone);
      await rig.reaches(alone, 'prioritized');
      expect((await rig.queues.servedRanks())['submit-enveloppe']).toBe(1);
      rig.startRunner();
      await rig.reaches(flood[59] ?? alone, 'completed');
      const order = rig.done.map(({ transmissionId }) => transmissionId);
      expect(order.indexOf(alone.targetId)).toBeLessThan(10);
      expect(order).toHaveLength(61);
      expect((await rig.queues.servedRanks())['submit-enveloppe']).toBeNull();
    });

    it('tiennent un message jusqu’à sa date', async () => {
      rig.startRelay();
      rig.startRunner();
      const message = aMessage({ notBefore: instantOf(Date.now() + 3_600_000) });
      const past = aMessage({ notBefore: instantOf(Date.now() - 3_600_000) });
      rig.publish(message, past);
      await rig.reaches(past, 'completed');
      expect(await rig.stateOf(message)).toBe('delayed');
    });

    it('remettent un travail à plus tard sans lui compter un essai', async () => {
      rig.startRelay();
      let runs = 0;
      rig.startRunner({
        'submit-enveloppe': () => {
          runs += 1;
          const isLast = runs === 12;
          return Promise.resolve(
            isLast ? { kind: 'done', state: 'sealed' } : { kind: 'later', at: instantOf(Date.now() + 5) },
          );
        },
      });
      const message = aMessage();
      rig.publish(message);
      await rig.reaches(message, 'completed');
      // Huit essais permis, onze remises : si une remise en comptait un, le travail serait mort.
      expect(runs).toBe(12);
      const job = await rig
        .queue('submit-enveloppe')
        .getJob(jobIdOf('submit-enveloppe', message.targetId, 1));
      expect(job?.returnvalue).toBe('sealed');
      expect(rig.log.lines.map(({ fields }) => fields['event'])).toEqual([
        ...Array<string>(11).fill('later'),
        'done',
      ]);
    });

    it('abandonnent aussitôt ce que le cas d’usage abandonne, et en gardent le code', async () => {
      rig.startRelay();
      rig.startRunner({
        'submit-enveloppe': () =>
          Promise.resolve({ kind: 'give-up', problem: { code: 'transmission/unknown', detail: 'Aucune.' } }),
      });
      const message = aMessage();
      rig.publish(message);
      await rig.reaches(message, 'failed');
      const job = await rig
        .queue('submit-enveloppe')
        .getJob(jobIdOf('submit-enveloppe', message.targetId, 1));
      expect([job?.failedReason, job?.attemptsMade]).toEqual(['transmission/unknown', 1]);
      expect(rig.log.lines.map(({ fields }) => [fields['event'], fields['code']])).toEqual([
        ['give-up', 'transmission/unknown'],
      ]);
    });

    it('reprennent un incident d’infrastructure, en laissant souffler', async () => {
      rig.startRelay();
      const starts: number[] = [];
      rig.startRunner({
        'submit-enveloppe': () => {
          starts.push(Date.now());
          if (starts.length > 1) return Promise.resolve({ kind: 'done' });
          return Promise.reject(Object.assign(new Error('base'), { code: 'ECONNREFUSED' }));
        },
      });
      const message = aMessage();
      rig.publish(message);
      await rig.reaches(message, 'completed');
      const [first = 0, second = 0] = starts;
      expect(second - first).toBeGreaterThanOrEqual(450);
      expect(rig.log.lines.map(({ message: text, fields }) => [text, fields['code']])).toEqual([
        ['travail interrompu', 'ECONNREFUSED'],
        ['travail terminé', undefined],
      ]);
    });

    it('refusent une charge qui n’est pas la leur, sans la traiter ni la reprendre', async () => {
      rig.startRunner();
      const queue = rig.queue('apply-retour');
      const job = await queue.add('apply-retour', { version: 1, objet: 'Convention' } as never, {
        jobId: 'intrus',
        attempts: 5,
      });
      await eventually(
        'l’intrus est écarté',
        async () => (await queue.getJob('intrus'))?.failedReason !== undefined,
      );
      const kept = await queue.getJob(job.id ?? '');
      expect([kept?.failedReason, kept?.attemptsMade]).toEqual(['queue/malformed-payload', 1]);
      expect(rig.done).toEqual([]);
    });

    it('rebâties de la base, ne reprennent que ce qui ne se ferait plus', async () => {
      rig.startRelay();
      const [waiting, delayed, stuck, failed, lost] = [
        aMessage({ job: 'seal-enveloppe' }),
        aMessage({ job: 'seal-enveloppe', notBefore: instantOf(Date.now() + 3_600_000) }),
        aMessage(),
        aMessage({ job: 'apply-retour' }),
        aMessage(),
      ];
      const runner = rig.startRunner({
        'apply-retour': () =>
          Promise.resolve({ kind: 'give-up', problem: { code: 'retour/unknown', detail: '' } }),
      });
      rig.publish(stuck, failed);
      await rig.reaches(stuck, 'completed');
      await rig.reaches(failed, 'failed');
      await runner.stop();
      rig.publish(waiting, delayed);
      await rig.reaches(waiting, 'waiting');
      await rig.reaches(delayed, 'delayed');
      const messages = [waiting, delayed, stuck, failed, lost];
      expect(await requeue(messages, rig.queues, rig.outbox)).toBe(3);
      rig.notify();
      for (const message of [stuck, failed, lost]) await rig.reaches(message, 'waiting');
      const states = await Promise.all(messages.map((message) => rig.stateOf(message)));
      expect(states).toEqual(['waiting', 'delayed', 'waiting', 'waiting', 'waiting']);
      expect(await requeue(messages, rig.queues, rig.outbox)).toBe(0);
      expect(await requeue([], rig.queues, rig.outbox)).toBe(0);
    });

    it('rebâties de la base, retrouvent le seul travail oublié derrière cinq cents qui attendent', async () => {
      const alive = Array.from({ length: 500 }, () => aMessage());
      await rig
        .queue('submit-enveloppe')
        .addBulk(alive.map((message) => bulkJobOf({ ...message, rang: 2 }, Date.now())));
      const forgotten = aMessage();
      expect(await requeue([...alive, forgotten], rig.queues, rig.outbox)).toBe(1);
      expect(rig.outbox.rows.map(({ targetId }) => targetId)).toEqual([forgotten.targetId]);
    });

    it('font revenir seuls les rendez-vous, et les mettent à jour sans les doubler', async () => {
      rig.startRunner();
      await upsertSchedules(rig.queues, [
        { queue: 'collect-retours', periodMs: 3_600_000 },
        { queue: 'sweep-deadlines', periodMs: 200 },
      ]);
      await upsertSchedules(rig.queues, [{ queue: 'collect-retours', periodMs: 7_200_000 }]);
      await eventually(
        'le balayage revient',
        () => rig.log.lines.filter(({ fields }) => fields['queue'] === 'sweep-deadlines').length >= 3,
      );
      const schedulers = await rig.queue('collect-retours').getJobSchedulers();
      expect(schedulers.map(({ every }) => Number(every))).toEqual([7_200_000]);
    });

    it('arrêtées, laissent finir ce qui tourne et ne prennent plus rien', async () => {
      rig.startRelay();
      let finish: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        finish = resolve;
      });
      let hasStarted = false;
      const runner = rig.startRunner({
        'submit-enveloppe': async () => {
          hasStarted = true;
          await gate;
          return { kind: 'done' };
        },
      });
      expect(runner.isRunning).toBe(true);
      const [running, next] = [aMessage(), aMessage()];
      rig.publish(running);
      await eventually('le travail tourne', () => hasStarted);
      const stopped = runner.stop();
      rig.publish(next);
      await rig.reaches(next, 'waiting');
      finish();
      await stopped;
      expect(runner.isRunning).toBe(false);
      expect(await rig.stateOf(running)).toBe('completed');
      expect(await rig.stateOf(next)).toBe('waiting');
    });

    it('sont sept, chacune à son nom', () => {
      expect(rig.queues.queues.map((queue) => queue.name)).toEqual([...QUEUE_NAMES]);
    });
  });
}
