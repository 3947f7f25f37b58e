import { Client } from 'pg';

/** La mort du processus, vue de son code. */
export class Killed extends Error {}

/** La forme que TypeORM emploie : l'ordre, ses valeurs, une promesse. */
type Query = (this: Client, sql: unknown, values?: unknown) => Promise<unknown>;

/**
 * Tue le processus après son n-ième ordre SQL : le serveur l'a reçu et fait, lui n'en saura rien. Mort, plus aucun ordre ne part ; ses
 * connexions fermées, PostgreSQL défait ce qu'il n'avait pas validé.
 */
export class StatementKiller {
  private readonly query = Reflect.get(Client.prototype, 'query') as Query;
  private countdown = Infinity;
  private dead = false;
  /** Le dernier ordre parti vivant : c'est après lui que le processus est mort. */
  last = '';

  get isDead(): boolean {
    return this.dead;
  }

  /** Le processus lancé maintenant mourra après son `after`-ième ordre. */
  arm(after: number): void {
    this.countdown = after;
    const { query } = this;
    const strike = (sql: unknown): boolean => this.strike(sql);
    const isGone = (): boolean => this.dead;
    const watched: Query = async function (this: Client, sql, values) {
      if (isGone()) throw new Killed();
      const isLast = strike(sql);
      const result = await query.call(this, sql, values);
      if (isLast) throw new Killed();
      return result;
    };
    Client.prototype.query = watched as unknown as typeof Client.prototype.query;
  }

  /** Un autre processus prend la suite, et vivra. */
  disarm(): void {
    Client.prototype.query = this.query as unknown as typeof Client.prototype.query;
  }

  private strike(sql: unknown): boolean {
    this.last = typeof sql === 'string' ? sql : String((sql as { readonly text?: unknown } | null)?.text);
    this.countdown -= 1;
    if (this.countdown === 0) this.dead = true;
    return this.dead;
  }
}
