import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource, QueryRunner } from 'typeorm';
import { readHeads, verifyChains } from '../audit/audit-chains';
import { cancelOnAbort } from './cancel-on-abort';
import { quoted, tablesOf } from './catalogue';
import { referencedDocuments } from '../documents/document-list';
import type { Manifest } from './manifest';
import { SauvegardeFailure } from './manifest';

/** La table qui dit qu'une restauration est en cours : elle existe pendant qu'on charge, et reçoit les lignes d'autrefois à côté. */
const RESTAURATIONS = 'restaurations';

interface ForeignKey {
  readonly table: string;
  readonly nom: string;
  readonly definition: string;
}

/**
 * Charge les livres en UNE transaction, et ne la valide qu'une fois tout vérifié : le compte des lignes, chaque lien d'une table à
 * l'autre, les chaînes d'audit recalculées et leurs têtes. Tuée au milieu, la base reste vide.
 * Un propriétaire ordinaire suffit : les déclencheurs des tables se suspendent par leur propriétaire, et les clés étrangères, qui se
 * croisent (une transmission a son enveloppe, une enveloppe sa transmission), sont ôtées puis remises — donc revérifiées — à la fin.
 */
export async function loadBooks(
  dataSource: DataSource,
  folder: string,
  manifest: Manifest,
  markerId: string,
  options: { readonly tell?: (text: () => string) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  const stopListening = await cancelOnAbort(dataSource, runner, options.signal);
  try {
    await runner.startTransaction();
    await runner.query('SET LOCAL statement_timeout = 0');
    const tables = (await tablesOf(runner)).map(({ nom }) => nom);
    const keys = await foreignKeys(runner);
    for (const { table, nom } of keys)
      await runner.query(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(nom)}`);
    for (const table of tables) await runner.query(`ALTER TABLE ${quoted(table)} DISABLE TRIGGER USER`);
    // Les migrations en ont peuplé quelques-unes ; l'image porte ce qu'elles contenaient.
    for (const table of tables)
      if (table !== RESTAURATIONS) await runner.query(`DELETE FROM ${quoted(table)}`);
    for (const table of manifest.tables) {
      options.signal?.throwIfAborted();
      await loadTable(client, folder, table);
      options.tell?.(() => `base : ${table.nom} chargée, ${table.lignes} lignes`);
    }
    for (const { nom, valeur } of manifest.sequences)
      await runner.query('SELECT setval($1::regclass, $2::bigint, true)', [`public.${quoted(nom)}`, valeur]);
    for (const table of tables) await runner.query(`ALTER TABLE ${quoted(table)} ENABLE TRIGGER USER`);
    for (const { table, nom, definition } of keys)
      await runner.query(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(nom)} ${definition}`);
    await verifyLoaded(runner, manifest, options);
    // Une session ouverte alors n'est plus celle de personne.
    await runner.query('DELETE FROM sessions');
    await runner.query(`UPDATE ${RESTAURATIONS} SET bilan = $2 WHERE id = $1`, [
      markerId,
      JSON.stringify({ chargee: manifest.id }),
    ]);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    stopListening();
    await runner.release();
  }
}

async function foreignKeys(runner: QueryRunner): Promise<readonly ForeignKey[]> {
  return (await runner.query(
    `SELECT c.relname::text AS table, k.conname::text AS nom, pg_get_constraintdef(k.oid) AS definition
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  )) as ForeignKey[];
}

async function loadTable(
  client: PoolClient,
  folder: string,
  { nom, colonnes, fichier, lignes }: Manifest['tables'][number],
): Promise<void> {
  const sink = client.query(copyFrom(`COPY ${quoted(nom)} (${colonnes.map(quoted).join(', ')}) FROM STDIN`));
  await pipeline(createReadStream(path.join(folder, fichier)), createGunzip(), sink);
  if (sink.rowCount !== lignes)
    throw new SauvegardeFailure(
      'restauration/row-count',
      `La table ${nom} a ${sink.rowCount} lignes, le manifeste en annonce ${lignes} : rien n'a été restauré.`,
    );
}

async function verifyLoaded(
  runner: QueryRunner,
  manifest: Manifest,
  options: { readonly tell?: (text: () => string) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const { faults } = await verifyChains(runner.manager, {
    anchors: manifest.chaines,
    onProgress: (chaine, entries) =>
      options.tell?.(() => `journal : ${entries} lignes recalculées (${chaine})`),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const [fault] = faults;
  const heads = JSON.stringify(await readHeads(runner.manager));
  if (fault !== undefined || heads !== JSON.stringify(manifest.chaines))
    throw new SauvegardeFailure(
      'restauration/audit-broken',
      fault === undefined
        ? 'Les têtes des chaînes d’audit ne sont pas celles du manifeste : rien n’a été restauré.'
        : `Le journal d’audit est rompu (chaîne ${fault.chaine}, rang ${fault.rang}, ${fault.code}) : rien n’a été restauré.`,
    );
  let count = 0;
  for await (const document of referencedDocuments(runner)) if (document.empreinte !== '') count += 1;
  if (count !== manifest.documents.nombre)
    throw new SauvegardeFailure(
      'restauration/documents',
      `La base désigne ${count} documents, le manifeste ${manifest.documents.nombre} : rien n’a été restauré.`,
    );
}
