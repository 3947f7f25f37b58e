import { describeQueues } from '../test/describe-queues';
import { QueueRig } from '../test/queue-rig';

describeQueues('Redis', () => Promise.resolve(QueueRig.open()));
