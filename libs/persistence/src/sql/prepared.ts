import { createHash } from 'node:crypto';
import { Client } from 'pg';

/** Ce qu'une connexion garde de plans : au-delà, un ordre se prépare à chaque fois, comme tout autre. */
const PREPARED_MAX = 400;
/** PostgreSQL n'entend que 63 octets d'un nom. */
const NAME_CHARS = 40;

const names = new Map<string, string>();

/**
 * Un ordre du chemin de l'acte : chaque connexion le prépare une fois, puis ne fait que l'exécuter — l'analyse et le plan coûtaient plus
 * que l'exécution. Réservé à ce qui trouve ses lignes par une clé : son plan ne dépend pas des valeurs. Une recherche, elle, en dépend.
 * @returns l'ordre lui-même.
 */
export function prepared(sql: string): string {
  if (!names.has(sql) && names.size < PREPARED_MAX)
    names.set(sql, createHash('sha256').update(sql).digest('hex').slice(0, NAME_CHARS));
  return sql;
}

type Query = (this: Client, ...query: readonly unknown[]) => unknown;

/** Une connexion qui reconnaît les ordres préparés, de quelque couche qu'ils lui viennent. */
export class PreparingClient extends Client {}

const query: Query = function (text, values, ...rest) {
  const send = Reflect.get(Client.prototype, 'query') as Query;
  const name = typeof text === 'string' && Array.isArray(values) ? names.get(text) : undefined;
  return name === undefined
    ? send.call(this, text, values, ...rest)
    : send.call(this, { name, text, values }, ...rest);
};
PreparingClient.prototype.query = query as Client['query'];
