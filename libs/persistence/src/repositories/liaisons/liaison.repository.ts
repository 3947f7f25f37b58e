import type { Instant } from '@teletransmission/kernel';
import type {
  AuditEntry,
  CollectiviteId,
  Liaison,
  LiaisonId,
  LiaisonRepository,
  LiaisonView,
  Rattachement,
} from '@teletransmission/teletransmission';
import { IN_FLIGHT_STATES, UNSENT_STATES } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp } from '../../instants';
import type { LiaisonRow, RattachementRow } from '../../mapping/liaison-mapping';
import {
  LIAISON_COLUMNS,
  liaisonOf,
  RATTACHEMENT_COLUMNS,
  rattachementOf,
} from '../../mapping/liaison-mapping';
import { statesSql } from '../../sql/states-sql';
import { Statement } from '../../statements/statement';

interface ViewRow extends LiaisonRow {
  readonly collectivites: number;
  readonly ouvertes: number;
  readonly dernier_retour: Date | null;
}

/** Les liaisons et ce qui y est relié. */
export class PgLiaisonRepository implements LiaisonRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(id: LiaisonId): Promise<Liaison | null> {
    const [row]: LiaisonRow[] = await this.dataSource.query(
      `SELECT ${LIAISON_COLUMNS} FROM liaisons l WHERE l.id = $1`,
      [id],
    );
    return row ? liaisonOf(row) : null;
  }

  async list(): Promise<readonly Liaison[]> {
    const rows: LiaisonRow[] = await this.dataSource.query(
      `SELECT ${LIAISON_COLUMNS} FROM liaisons l ORDER BY l.id`,
    );
    return rows.map(liaisonOf);
  }

  async views(now: Instant): Promise<readonly LiaisonView[]> {
    const rows: ViewRow[] = await this.dataSource.query(
      `SELECT ${LIAISON_COLUMNS},
        (SELECT count(*)::int FROM rattachements r WHERE r.liaison_id = l.id AND r.depuis <= $1 AND $1 < r.jusqua) AS collectivites,
        (SELECT count(*)::int FROM transmissions t WHERE t.liaison_id = l.id AND t.state IN (${statesSql([...UNSENT_STATES, ...IN_FLIGHT_STATES])})) AS ouvertes,
        (SELECT max(r.recu_le) FROM retours r WHERE r.liaison_id = l.id) AS dernier_retour
        FROM liaisons l ORDER BY l.id`,
      [now],
    );
    return rows.map((row) => ({
      liaison: liaisonOf(row),
      collectivites: row.collectivites,
      transmissionsOuvertes: row.ouvertes,
      dernierRetourLe: fromNullableTimestamp(row.dernier_retour),
    }));
  }

  async save(liaison: Liaison, audit: AuditEntry): Promise<boolean> {
    const { traits } = liaison;
    const statement = new Statement();
    const columns: Readonly<Record<string, string>> = {
      id: statement.bind(liaison.id, 'text'),
      genre: statement.bind(liaison.genre, 'text'),
      nom: statement.bind(liaison.nom, 'text'),
      compte: statement.bind(liaison.compte, 'text'),
      prend: statement.bind(traits.prend, 'text'),
      releve: statement.bind(traits.releve, 'text'),
      prouve_absence: statement.bind(traits.prouveAbsence, 'boolean'),
      accuse_lettres: statement.bind(traits.accuseLettres, 'boolean'),
      brule_numeros: statement.bind(traits.bruleNumeros, 'boolean'),
      regles: statement.bind(JSON.stringify(liaison.regles), 'jsonb'),
      reglages: statement.bind(JSON.stringify(liaison.reglages), 'jsonb'),
      etat: statement.bind(liaison.etat, 'text'),
      par_defaut: statement.bind(liaison.parDefaut, 'boolean'),
    };
    const names = Object.keys(columns);
    statement.step(
      'inscrite',
      `INSERT INTO liaisons AS l (${names.join(', ')}) SELECT ${Object.values(columns).join(', ')}
        ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
        WHERE to_jsonb(l) <> to_jsonb(excluded) RETURNING l.id`,
    );
    statement.audit('journal', audit, 'inscrite');
    return this.dataSource.transaction(async (manager) => {
      // Une seule par défaut : celle d'avant cède d'abord.
      if (liaison.parDefaut)
        await manager.query('UPDATE liaisons SET par_defaut = false WHERE par_defaut AND id <> $1', [
          liaison.id,
        ]);
      const saved: unknown[] = await manager.query(...statement.finish('SELECT id FROM inscrite'));
      return saved.length > 0;
    });
  }

  async rattachementsOf(collectiviteId: CollectiviteId): Promise<readonly Rattachement[]> {
    const rows: RattachementRow[] = await this.dataSource.query(
      `SELECT ${RATTACHEMENT_COLUMNS} FROM rattachements r WHERE r.collectivite_id = $1 ORDER BY r.depuis`,
      [collectiviteId],
    );
    return rows.map(rattachementOf);
  }

  async bind(
    { collectiviteId, liaisonId, depuis }: Rattachement & { readonly depuis: Instant },
    audit: AuditEntry,
  ): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      // Deux changements de la même collectivité se suivent ; et la liaison ne se ferme pas pendant celui-ci.
      await manager.query('SELECT FROM collectivites WHERE id = $1 FOR UPDATE', [collectiviteId]);
      const open: unknown[] = await manager.query(
        `SELECT FROM liaisons WHERE id = $1 AND etat = 'ouverte' FOR SHARE`,
        [liaisonId],
      );
      if (open.length === 0) return false;
      await manager.query('DELETE FROM rattachements WHERE collectivite_id = $1 AND depuis >= $2', [
        collectiviteId,
        depuis,
      ]);
      await manager.query('UPDATE rattachements SET jusqua = $2 WHERE collectivite_id = $1 AND jusqua > $2', [
        collectiviteId,
        depuis,
      ]);
      const statement = new Statement();
      const values = [
        statement.bind(collectiviteId, 'uuid'),
        statement.bind(liaisonId, 'text'),
        statement.bind(depuis, 'timestamptz'),
      ];
      statement.step(
        'reliee',
        `INSERT INTO rattachements (collectivite_id, liaison_id, depuis) SELECT ${values.join(', ')} RETURNING collectivite_id`,
      );
      statement.audit('journal', audit, 'reliee');
      await manager.query(...statement.finish('SELECT collectivite_id FROM reliee'));
      return true;
    });
  }
}
