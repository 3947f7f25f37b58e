import type {
  Actor,
  Collectivite,
  CollectiviteId,
  CollectiviteRepository,
} from '@teletransmission/teletransmission';
import { collectiviteRegistered, CONSOLE } from '@teletransmission/teletransmission';
import { isDeepStrictEqual } from 'node:util';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { column } from '../../sql/columns';
import { readRowOrNull } from '../../sql/read-rows';
import { collectiviteOf } from '../../mapping/collectivite-mapping';
import { CollectiviteRow } from '../../rows/collectivite.row';
import { writeAudit } from '../../statements/statement';

async function upsert(manager: EntityManager, collectivite: Collectivite): Promise<void> {
  const { id, ...settings } = collectivite;
  await manager
    .createQueryBuilder()
    .insert()
    .into(CollectiviteRow)
    .values({ id, ...settings, adressesRetour: [...settings.adressesRetour] })
    .orUpdate(
      [
        'nom',
        'departement',
        'arrondissement',
        'nature_collectivite',
        'fuseau',
        'referent',
        'adresses_retour',
        'classification_date_version',
        'tirets_permis',
        'publication_automatique',
        'adresse_des_actes',
        'quota_octets',
      ],
      ['siren'],
    )
    .execute();
}

const NOW_ROW = z.object({ maintenant: column.instant });

/** Les collectivités inscrites. */
export class PgCollectiviteRepository implements CollectiviteRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(id: CollectiviteId): Promise<Collectivite | null> {
    const row = await this.dataSource.getRepository(CollectiviteRow).findOneBy({ id });
    return row && collectiviteOf(row);
  }

  async findBySiren(siren: string): Promise<Collectivite | null> {
    const row = await this.dataSource.getRepository(CollectiviteRow).findOneBy({ siren });
    return row && collectiviteOf(row);
  }

  async save(collectivite: Collectivite, acteur: Actor = CONSOLE): Promise<Collectivite> {
    const { siren } = collectivite;
    return this.dataSource.transaction(async (manager) => {
      // Deux mises à jour de la même se suivent : la seconde compare à ce que la première a laissé.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`collectivite ${siren}`]);
      const before = await manager.findOneBy(CollectiviteRow, { siren });
      await upsert(manager, collectivite);
      const saved = collectiviteOf(await manager.findOneByOrFail(CollectiviteRow, { siren }));
      if (before && isDeepStrictEqual(collectiviteOf(before), saved)) return saved;
      const clock = await readRowOrNull(manager, NOW_ROW, 'SELECT now() AS maintenant');
      if (!clock) throw new Error('La base n’a pas donné l’heure');
      await writeAudit(manager, collectiviteRegistered(saved, clock.maintenant, acteur));
      return saved;
    });
  }

  async list(): Promise<readonly Collectivite[]> {
    const rows = await this.dataSource.getRepository(CollectiviteRow).find({ order: { nom: 'ASC' } });
    return rows.map(collectiviteOf);
  }
}
