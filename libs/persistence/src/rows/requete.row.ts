import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('requetes')
export class RequeteRow {
  @PrimaryColumn('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @PrimaryColumn('text')
  cle: string;

  @Column('char', { length: 64, name: 'empreinte_demande' })
  empreinteDemande: string;

  @Column('json')
  recu: { deliberationId: string; transmissionId: string; identifiantActe: string; deposeeLe: string };

  @Column('timestamptz', { name: 'faite_le' })
  faiteLe: Date;
}
