import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('comptes')
export class CompteRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  nom: string;

  @Column('text')
  role: string;

  @Column('uuid', { name: 'collectivite_id', nullable: true })
  collectiviteId: string | null;

  @Column('timestamptz', { name: 'cree_le' })
  creeLe: Date;

  @Column('timestamptz', { name: 'revoque_le', nullable: true })
  revoqueLe: Date | null;
}

@Entity('jetons')
export class JetonRow {
  @PrimaryColumn('char', { length: 64 })
  empreinte: string;

  @Column('uuid', { name: 'compte_id' })
  compteId: string;

  @Column('timestamptz', { name: 'cree_le' })
  creeLe: Date;

  @Column('timestamptz', { name: 'revoque_le', nullable: true })
  revoqueLe: Date | null;

  @Column('timestamptz', { name: 'expire_le', nullable: true })
  expireLe: Date | null;

  @Column('timestamptz', { name: 'employe_le', nullable: true })
  employeLe: Date | null;
}

@Entity('sessions')
export class SessionRow {
  @PrimaryColumn('char', { length: 64 })
  empreinte: string;

  @Column('uuid', { name: 'compte_id' })
  compteId: string;

  @Column('timestamptz', { name: 'ouverte_le' })
  ouverteLe: Date;

  @Column('timestamptz', { name: 'expire_le' })
  expireLe: Date;

  @Column('char', { length: 64, nullable: true })
  jeton: string | null;
}
