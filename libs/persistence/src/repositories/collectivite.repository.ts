import type { Departement, Siren } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';
import type {
  Collectivite,
  CollectiviteId,
  CollectiviteRepository,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { CollectiviteRow } from '../rows/collectivite.row';

function collectiviteOf(row: CollectiviteRow): Collectivite {
  return {
    id: row.id as CollectiviteId,
    siren: row.siren as Siren,
    nom: row.nom,
    departement: row.departement as Departement,
    arrondissement: row.arrondissement,
    natureCollectivite: row.natureCollectivite,
    fuseau: row.fuseau,
    referent: row.referent,
    adressesRetour: row.adressesRetour,
    classificationDateVersion: row.classificationDateVersion as CivilDate,
    tiretsPermis: row.tiretsPermis,
    publicationAutomatique: row.publicationAutomatique,
  };
}

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

  async save(collectivite: Collectivite): Promise<Collectivite> {
    const { id, ...settings } = collectivite;
    await this.dataSource
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
        ],
        ['siren'],
      )
      .execute();
    return collectiviteOf(
      await this.dataSource.getRepository(CollectiviteRow).findOneByOrFail({ siren: collectivite.siren }),
    );
  }

  async list(): Promise<readonly Collectivite[]> {
    const rows = await this.dataSource.getRepository(CollectiviteRow).find({ order: { nom: 'ASC' } });
    return rows.map(collectiviteOf);
  }
}
