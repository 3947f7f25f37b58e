import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { asUser, runSql, SERVICE_USER } from '../../../test/services/own-database';
import { describeQueues } from '../test/describe-queues';
import { QueueRig } from '../test/queue-rig';
import { migrateQueues } from './migrate-queues';

jest.setTimeout(30_000);

const administrator = process.env['TEST_DATABASE_URL'] ?? '';
const database = `files_${randomUUID().slice(0, 8)}`;
const url = new URL(administrator || 'postgres://localhost');
url.pathname = `/${database}`;

/** Un préfixe par essai : deux essais ne se voient pas. */
async function openRig(): Promise<QueueRig> {
  const prefix = `essai-${randomUUID().slice(0, 8)}`;
  const owner = new Client({
    connectionString: url.href,
    host: url.searchParams.get('host') ?? url.hostname,
  });
  await owner.connect();
  await migrateQueues(owner, prefix, SERVICE_USER).finally(() => owner.end());
  return QueueRig.open({ backend: 'postgres', redisUrl: null, prefix }, asUser(url.href, SERVICE_USER));
}

beforeAll(async () => {
  await runSql(administrator, `CREATE DATABASE ${database}`);
  await runSql(administrator, `CREATE ROLE ${SERVICE_USER} LOGIN`).catch(() => undefined);
});
afterAll(() => runSql(administrator, `DROP DATABASE ${database} WITH (FORCE)`));

describeQueues('PostgreSQL', openRig);
