import type { OutboxMessage } from '@teletransmission/teletransmission';
import { TAKE_BATCH } from './take-batch';
import { listeningClient } from '../sql/listening-client';
import type { DataSource } from 'typeorm';

/** Un message à porter à sa file, avec sa trace. */
export interface PendingMessage extends OutboxMessage {
  readonly traceId: string | null;
}

interface PendingRow {
  readonly id: string;
  readonly job: OutboxMessage['job'];
  readonly target_id: string;
  readonly turn: number;
  readonly not_before: Date | null;
  readonly trace_id: string | null;
  readonly rang: number | null;
}

/** Un seul relais à la fois écoute, par base : réveillés ensemble, les autres ne prendraient que la peine de ne rien trouver. */
const LISTENER_LOCK = `SELECT pg_try_advisory_lock(hashtext('relais de la boîte d’envoi')) AS acquis`;
/** Celui qui n'écoute pas regarde si la place s'est libérée : la mort d'un processus rend son verrou. */
const SUCCESSION_MS = 2_000;

const PURGE_BATCH = 5_000;

/** La boîte d'envoi vue par le relais. Plusieurs relais se partagent les lignes sans se gêner. */
export class OutboxStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Prend un lot et le marque publié, puis le confie à `publish` dans la même transaction. Tué avant de la valider, le lot sera publié
   * de nouveau, et l'identité du travail en fera un seul.
   * @param served le rang que sert chaque file à tour de rôle ; `null` quand rien n'y attend.
   * @returns le nombre de messages publiés.
   */
  async relay(
    limit: number,
    publish: (messages: readonly PendingMessage[]) => Promise<void>,
    served: Readonly<Record<string, number | null>> = {},
  ): Promise<number> {
    const files = Object.keys(served);
    const empty = files.filter((file) => served[file] === null);
    return this.dataSource.transaction(async (manager) => {
      const rows: PendingRow[] = await manager.query(TAKE_BATCH, [
        limit,
        files,
        files.map((file) => served[file] ?? 0),
        empty,
      ]);
      if (rows.length === 0) return 0;
      await publish(
        rows.map((row) => ({
          job: row.job,
          targetId: row.target_id,
          turn: row.turn,
          notBefore: row.not_before && (row.not_before.toISOString() as OutboxMessage['notBefore']),
          traceId: row.trace_id,
          ...(row.rang === null ? {} : { rang: row.rang }),
        })),
      );
      return rows.length;
    });
  }

  /**
   * Rend au relais des travaux qu'aucune file ne fera plus : portés, ils sont à porter de nouveau ; oubliés d'ici aussi, ils se récrivent.
   * Leur date est passée : ils reprennent leur tour comme les autres.
   * @returns le nombre de travaux rendus, sans ceux qui attendaient déjà le relais.
   */
  async putBack(messages: readonly OutboxMessage[]): Promise<number> {
    const returned: unknown[] = await this.dataSource.query(
      `INSERT INTO outbox (job, target_id, turn)
        SELECT job, target_id, turn FROM unnest($1::text[], $2::uuid[], $3::int[]) WITH ORDINALITY AS m (job, target_id, turn, place)
        GROUP BY job, target_id, turn ORDER BY min(place)
        ON CONFLICT (job, target_id, turn) DO UPDATE SET published_at = NULL, not_before = NULL WHERE outbox.published_at IS NOT NULL
        RETURNING id`,
      [
        messages.map(({ job }) => job),
        messages.map(({ targetId }) => targetId),
        messages.map(({ turn }) => turn),
      ],
    );
    return returned.length;
  }

  /** Oublie les messages portés depuis longtemps, par lots : la file et le journal d'audit en gardent la trace. */
  async purge(olderThanDays: number): Promise<number> {
    for (let total = 0; ;) {
      const [, count]: [unknown, number] = await this.dataSource.query(
        `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
          WHERE published_at < now() - make_interval(days => $1) ORDER BY published_at LIMIT $2)`,
        [olderThanDays, PURGE_BATCH],
      );
      total += count;
      if (count < PURGE_BATCH) return total;
    }
  }
}

/**
 * Écoute les notifications de la boîte d'envoi sur une connexion à elle, quand nul autre ne les écoute déjà : les autres relais n'ont que
 * leur propre rythme, et prennent la place de celui qui meurt. Une connexion perdue se signale par `onLost` :
 * l'écouteur d'erreur est obligatoire, sans lui pg finit le processus.
 */
export async function listenToOutbox(
  url: string,
  onNotified: () => void,
  onLost: () => void,
): Promise<() => Promise<void>> {
  const client = listeningClient(url, 'relais');
  client.on('error', onLost);
  client.on('notification', onNotified);
  let succession: NodeJS.Timeout | undefined;
  const stop = async (): Promise<void> => {
    clearTimeout(succession);
    client.removeListener('error', onLost);
    client.on('error', () => undefined);
    await client.end();
  };
  /** Écoute, si nul autre ne le fait ; sinon y revient, et regarde alors ce qui est venu entre-temps. */
  const succeed = async (onListening?: () => void): Promise<void> => {
    const { rows } = await client.query<{ acquis: boolean }>(LISTENER_LOCK);
    if (rows[0]?.acquis === true) {
      await client.query('LISTEN outbox');
      onListening?.();
      return;
    }
    // L'échec est celui de la connexion : elle le dit elle-même.
    succession = setTimeout(() => void succeed(onNotified).catch(() => undefined), SUCCESSION_MS);
  };
  try {
    await client.connect();
    await succeed();
    return stop;
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
