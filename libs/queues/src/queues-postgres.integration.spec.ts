import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { describeQueues } from '../test/describe-queues';
import { QueueRig } from '../test/queue-rig';

jest.setTimeout(30_000);

const administrator = process.env['TEST_DATABASE_URL'] ?? '';
const database = `files_${randomUUID().slice(0, 8)}`;
const url = new URL(administrator || 'postgres://localhost');
url.pathname = `/${database}`;

async function order(sql: string): Promise<void> {
  const host = new URL(administrator).searchParams.get('host');
  const client = new Client({ connectionString: administrator, ...(host === null ? {} : { host }) });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

beforeAll(() => order(`CREATE DATABASE ${database}`));
afterAll(() => order(`DROP DATABASE ${database} WITH (FORCE)`));

describeQueues('PostgreSQL', () =>
  Promise.resolve(QueueRig.open({ backend: 'postgres', redisUrl: null }, url.href)),
);
