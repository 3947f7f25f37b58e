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
}
