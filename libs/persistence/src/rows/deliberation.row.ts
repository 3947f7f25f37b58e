import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SignedPieceRow } from './signed-piece.row';

/** `objet_recherche` n'est pas ici : la base seule s'en sert. */
@Entity('deliberations')
export class DeliberationRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @Column('text', { name: 'identifiant_acte' })
  identifiantActe: string;

  @Column('varchar', { length: 15, name: 'numero_interne' })
  numeroInterne: string;

  @Column('char', { length: 2 })
  nature: string;

  @Column('date', { name: 'date_decision' })
  dateDecision: string;

  @Column('varchar', { length: 500 })
  objet: string;

  @Column('text')
  matiere: string;

  @Column('int')
  votants: number;

  @Column('int')
  pour: number;

  @Column('int')
  contre: number;

  @Column('int')
  abstentions: number;

  @Column('int')
  blancs: number;

  @Column('int')
  nuls: number;

  @Column('boolean', { name: 'voix_preponderante' })
  voixPreponderante: boolean;

  @Column('timestamptz', { name: 'deposee_le' })
  deposeeLe: Date;

  @Column('uuid', { name: 'deposee_par' })
  deposeePar: string;

  @Column('uuid', { name: 'corrige_id', nullable: true })
  corrigeId: string | null;

  @Column('timestamptz', { name: 'pas_avant', nullable: true })
  pasAvant: Date | null;
}

@Entity('pieces')
export class PieceRow extends SignedPieceRow {
  @PrimaryColumn('uuid', { name: 'deliberation_id' })
  deliberationId: string;

  @PrimaryColumn('int')
  rang: number;
}
