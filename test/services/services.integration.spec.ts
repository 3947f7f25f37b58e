import Redis from 'ioredis';
import { Client } from 'pg';

/** L'adresse annoncée par la mise en place, ou une erreur : un essai sans serveur ne doit pas passer. */
function addressIn(variable: string): string {
  const address = process.env[variable];
  if (!address) throw new Error(`${variable} n'est pas annoncée`);
  return address;
}

describe('Les serveurs des essais', () => {
  it('laissent chaque suite créer sa base et la jeter, sans attendre le disque', async () => {
    const client = new Client({ connectionString: addressIn('TEST_DATABASE_URL') });
    await client.connect();
    await client.query('create database essai_des_services');
    await client.query('drop database essai_des_services');
    const { rows } = await client.query<{ fsync: string }>('show fsync');
    await client.end();
    expect(rows).toEqual([{ fsync: 'off' }]);
  });

  it('donnent un Redis qui ne garde rien', async () => {
    const client = new Redis({ path: addressIn('TEST_REDIS_URL').replace(/^unix:/, '') });
    expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'no']);
    await client.quit();
  });
});
