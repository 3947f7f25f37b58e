import type { DataSource } from 'typeorm';

/** L'empreinte de tout ce que les livres contiennent : deux lectures égales, rien n'a bougé. */
export async function everythingIn(dataSource: DataSource): Promise<unknown> {
  const tables = [
    'deliberations',
    'pieces',
    'transmissions',
    'enveloppes',
    'envois',
    'retours',
    'publications',
    'requetes',
  ];
  const all = [...tables, 'audit_entries', 'chaines_audit', 'outbox'].map(
    (table) =>
      `SELECT '${table}' AS t, coalesce(json_agg(x ORDER BY x::text), '[]')::text AS lignes FROM ${table} x`,
  );
  return dataSource.query(all.join(' UNION ALL '));
}

export async function expectNothingWritten(
  dataSource: DataSource,
  write: () => Promise<unknown>,
): Promise<void> {
  const before = await everythingIn(dataSource);
  await expect(write()).rejects.toThrow();
  expect(await everythingIn(dataSource)).toEqual(before);
}
