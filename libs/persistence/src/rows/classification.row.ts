import type { MatiereClassification, NatureClassificationLue } from '@teletransmission/actes';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('classifications')
export class ClassificationRow {
  @PrimaryColumn('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @PrimaryColumn('date', { name: 'date_version' })
  dateVersion: string;

  @Column('jsonb')
  natures: NatureClassificationLue[];

  @Column('jsonb')
  matieres: MatiereClassification[];

  @Column('timestamptz', { name: 'recue_le' })
  recueLe: Date;
}
