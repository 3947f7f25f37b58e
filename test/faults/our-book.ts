import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';

/** Un acte, tel que notre base le tient. */
export interface OurActe {
  readonly id: string;
  readonly siren: string;
  readonly numero_interne: string;
  readonly identifiant_acte: string;
  readonly state: string;
  readonly stop_code: string | null;
  readonly is_overdue: boolean;
  readonly nom_archive: string | null;
  readonly empreinte: string | null;
  /** Les empreintes de ses pièces, dans l'ordre. */
  readonly pieces: readonly string[];
  /** Les retours de la préfecture qui ont changé son état. */
  readonly retours: number;
}

/** Ce qui bouge encore. */
export interface Unsettled {
  readonly actes: number;
  readonly transmissions: number;
  readonly retours: number;
  readonly outbox: number;
  readonly detail: string;
}

/** Les états où un acte n'attend plus rien du service : acquitté, refusé, ou entre les mains d'une personne. */
const SETTLED = ['acknowledged', 'rejected', 'held', 'delivered', 'cancelled', 'withdrawn'];

/** Notre livre : la base et le dossier des documents. */
export class OurBook {
  private constructor(private readonly client: Client) {}

  static async open(databaseUrl: string): Promise<OurBook> {
    const socket = new URL(databaseUrl).searchParams.get('host');
    const client = new Client({
      connectionString: databaseUrl,
      ...(socket === null ? {} : { host: socket }),
    });
    // Une base que le marteau tue ne doit pas le tuer.
    client.on('error', () => undefined);
    await client.connect();
    return new OurBook(client);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.client.query<Row>(sql, [...values])).rows;
  }

  async unsettled(): Promise<Unsettled> {
    const rows = await this.query<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM transmissions WHERE state <> ALL($1) GROUP BY state ORDER BY state`,
      [SETTLED],
    );
    const [counts] = await this.query<{ actes: number; retours: number; outbox: number }>(
      `SELECT (SELECT count(*)::int FROM deliberations) AS actes,
        (SELECT count(*)::int FROM retours WHERE state = 'received') AS retours,
        (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS outbox`,
    );
    const { actes = 0, retours = 0, outbox = 0 } = counts ?? {};
    const transmissions = rows.reduce((sum, { n }) => sum + n, 0);
    const waiting = [
      ...rows.map(({ state, n }) => `${state} ${n}`),
      ...(retours > 0 ? [`retours à lire ${retours}`] : []),
      ...(outbox > 0 ? [`boîte d'envoi ${outbox}`] : []),
    ];
    return { actes, transmissions, retours, outbox, detail: waiting.join(', ') };
  }

  async actes(): Promise<readonly OurActe[]> {
    return this.query<OurActe>(
      `SELECT d.id, c.siren, d.numero_interne, d.identifiant_acte, t.state, t.stop_code, t.is_overdue,
        e.nom_archive, e.empreinte,
        ARRAY(SELECT p.empreinte::text FROM pieces p WHERE p.deliberation_id = d.id ORDER BY p.rang) AS pieces,
        (SELECT count(*)::int FROM retours r WHERE r.transmission_id = t.id AND r.state = 'applied') AS retours
        FROM deliberations d JOIN collectivites c ON c.id = d.collectivite_id
        LEFT JOIN transmissions t ON t.deliberation_id = d.id AND t.flux = '1-1'
        LEFT JOIN enveloppes e ON e.id = t.enveloppe_id ORDER BY d.id`,
    );
  }

  /** Les retours que nous avons gardés, par leur identité chez la préfecture. */
  async retours(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.query<{ source_id: string; empreinte: string }>(
      'SELECT source_id, empreinte FROM retours',
    );
    return new Map(rows.map(({ source_id, empreinte }) => [source_id, empreinte]));
  }

  /** Chaque document que la base cite : présent, et qui donne bien son empreinte. */
  async verifyDocuments(
    stockage: string,
  ): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
    const rows = await this.query<{ empreinte: string; taille: string; quoi: string }>(
      `SELECT DISTINCT ON (empreinte) empreinte::text, taille::text, quoi FROM (
        SELECT empreinte, taille_octets AS taille, 'pièce' AS quoi FROM pieces
        UNION ALL SELECT empreinte, taille_octets, 'archive' FROM enveloppes WHERE empreinte IS NOT NULL
        UNION ALL SELECT empreinte, taille_octets, 'retour' FROM retours) tout`,
    );
    const faults: string[] = [];
    for (const { empreinte, taille, quoi } of rows) {
      const hash = createHash('sha256');
      let size = 0;
      try {
        await pipeline(
          createReadStream(path.join(stockage, empreinte.slice(0, 2), empreinte)),
          async (chunks) => {
            for await (const chunk of chunks as AsyncIterable<Buffer>) {
              hash.update(chunk);
              size += chunk.length;
            }
          },
        );
      } catch (error) {
        faults.push(`${quoi} ${empreinte} : ${(error as NodeJS.ErrnoException).code ?? 'illisible'}`);
        continue;
      }
      if (hash.digest('hex') !== empreinte || size !== Number(taille))
        faults.push(`${quoi} ${empreinte} : d'autres octets`);
    }
    return { count: rows.length, faults };
  }

  /**
   * Rejoue l'histoire de chaque vie : elle part de rien, chaque changement suit la table, elle finit où l'on en est. La version borne les
   * changements sans les compter : un départ remis pour la même raison, ou réveillé, la fait croître sans rien inscrire.
   */
  async verifyHistories(): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
    const faults = await this.query<{ faute: string }>(
      `WITH pas AS (
        SELECT a.*, lag(etat_apres) OVER vie AS precedent, row_number() OVER (vie ROWS UNBOUNDED PRECEDING) AS n,
          lead(rang) OVER vie IS NULL AS dernier
          FROM audit_entries a WHERE etat_apres IS NOT NULL
          WINDOW vie AS (PARTITION BY sujet, sujet_id ORDER BY instant, rang)
      )
      SELECT sujet || ' ' || sujet_id || ' : ' || evenement || ' hors de la table' AS faute FROM pas p
        WHERE etat_avant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM transitions t WHERE t.vie = p.sujet
          AND t.etat_avant = p.etat_avant AND t.evenement = p.evenement AND t.etat_apres = p.etat_apres)
      UNION ALL
      SELECT 'transmission ' || t.id || ' : ' || count(a.*) || ' changement(s) inscrit(s), version ' || t.version
        FROM transmissions t LEFT JOIN audit_entries a ON a.sujet = 'transmission' AND a.sujet_id = t.id::text AND a.etat_apres IS NOT NULL
        GROUP BY t.id, t.version HAVING count(a.*) > t.version
      UNION ALL
      SELECT 'transmission ' || t.id || ' : l''histoire ne mène pas à ' || t.state
        FROM transmissions t WHERE t.state IS DISTINCT FROM (SELECT a.etat_apres FROM audit_entries a
          WHERE a.sujet = 'transmission' AND a.sujet_id = t.id::text AND a.etat_apres IS NOT NULL ORDER BY a.rang DESC LIMIT 1)
      UNION ALL
      SELECT 'transmission ' || a.sujet_id || ' : ' || a.evenement || ' part de ' || coalesce(a.etat_avant, 'rien')
        || ' après ' || coalesce(a.avant, 'rien')
        FROM (SELECT *, lag(etat_apres) OVER (PARTITION BY sujet_id ORDER BY rang) AS avant FROM audit_entries
          WHERE sujet = 'transmission' AND etat_apres IS NOT NULL) a
        WHERE a.etat_avant IS DISTINCT FROM a.avant`,
    );
    const [counted] = await this.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entries WHERE etat_apres IS NOT NULL`,
    );
    return { count: counted?.n ?? 0, faults: faults.map(({ faute }) => faute) };
  }

  /** Ce qu'une transaction coupée en deux laisserait : un envoi ouvert sur une vie finie, deux envois acceptés d'une même enveloppe. */
  async verifyEnvois(): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
    const faults = await this.query<{ faute: string }>(
      `SELECT 'envoi ' || e.id || ' ouvert, transmission ' || t.state AS faute FROM envois e
        JOIN transmissions t ON t.id = e.transmission_id WHERE e.clos_le IS NULL AND t.state NOT IN ('sending', 'uncertain')
      UNION ALL
      SELECT 'enveloppe ' || enveloppe_id || ' : ' || count(*) || ' envois acceptés' FROM envois
        WHERE outcome IN ('accepted', 'found') GROUP BY enveloppe_id HAVING count(*) > 1`,
    );
    const [counted] = await this.query<{ n: number }>('SELECT count(*)::int AS n FROM envois');
    return { count: counted?.n ?? 0, faults: faults.map(({ faute }) => faute) };
  }
}
