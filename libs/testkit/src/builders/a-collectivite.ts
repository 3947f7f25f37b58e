import type { Departement, Siren } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type { Collectivite, CollectiviteId } from '@teletransmission/teletransmission';

/** La commune de référence, ou ce que le test en change. */
export function aCollectivite(changes: Partial<Collectivite> = {}): Collectivite {
  return {
    id: 'c0000000-0000-7000-8000-000000000001' as CollectiviteId,
    siren: '213402761' as Siren,
    nom: 'Saint-Mathieu-de-Tréviers',
    departement: '034' as Departement,
    arrondissement: '3',
    natureCollectivite: '31',
    fuseau: 'Europe/Paris',
    referent: {},
    adressesRetour: ['actes@commune.example.org'],
    classificationDateVersion: civilDate('2019-08-29'),
    tiretsPermis: true,
    publicationAutomatique: false,
    adresseDesActes: null,
    quotaOctets: null,
    ...changes,
  };
}
