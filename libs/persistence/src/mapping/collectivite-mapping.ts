import type { Departement, Siren } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';
import type { Collectivite, CollectiviteId } from '@teletransmission/teletransmission';
import type { CollectiviteRow } from '../rows/collectivite.row';

export function collectiviteOf(row: CollectiviteRow): Collectivite {
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
    adresseDesActes: row.adresseDesActes,
    quotaOctets: row.quotaOctets,
  };
}
