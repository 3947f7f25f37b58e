import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('publications')
export class PublicationRow {
  @PrimaryColumn('uuid', { name: 'deliberation_id' })
  deliberationId: string;

  @Column('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @Column('text')
  state: string;

  @Column('date', { name: 'date_publication', nullable: true })
  datePublication: string | null;

  @Column('text', { nullable: true })
  adresse: string | null;

  @Column('text', { nullable: true })
  moyen: string | null;

  @Column('uuid', { name: 'declaree_par', nullable: true })
  declareePar: string | null;

  @Column('timestamptz', { name: 'declaree_le', nullable: true })
  declareeLe: Date | null;

  /** Publiée avant que l'adresse ou la déclaration ne soient exigées. */
  @Column('boolean', { name: 'sans_adresse_connue' })
  sansAdresseConnue: boolean;
}
