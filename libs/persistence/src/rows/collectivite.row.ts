import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('collectivites')
export class CollectiviteRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('char', { length: 9 })
  siren: string;

  @Column('text')
  nom: string;

  @Column('char', { length: 3 })
  departement: string;

  @Column('char', { length: 1 })
  arrondissement: string;

  @Column('char', { length: 2, name: 'nature_collectivite' })
  natureCollectivite: string;

  @Column('text')
  fuseau: string;

  @Column('jsonb')
  referent: { nom?: string; telephone?: string; email?: string };

  @Column('text', { array: true, name: 'adresses_retour' })
  adressesRetour: string[];

  @Column('date', { name: 'classification_date_version' })
  classificationDateVersion: string;

  @Column('boolean', { name: 'tirets_permis' })
  tiretsPermis: boolean;

  @Column('boolean', { name: 'publication_automatique' })
  publicationAutomatique: boolean;

  @Column('text', { name: 'adresse_des_actes', nullable: true })
  adresseDesActes: string | null;

  @Column('bigint', {
    name: 'quota_octets',
    nullable: true,
    // Le pilote rend un bigint en texte ; un quota tient toujours dans un nombre.
    transformer: {
      to: (octets: number | null) => octets,
      from: (octets: string | null) => (octets === null ? null : Number(octets)),
    },
  })
  quotaOctets: number | null;
}
