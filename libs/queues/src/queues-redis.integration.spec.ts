import { describeQueues } from '../test/describe-queues';
import { QueueRig } from '../test/queue-rig';

jest.setTimeout(20_000);

describeQueues('Redis', () => Promise.resolve(QueueRig.open()));
