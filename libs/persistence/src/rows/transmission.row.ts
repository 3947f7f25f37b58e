import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('transmissions')
export class TransmissionRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'deliberation_id', nullable: true })
  deliberationId: string | null;

  @Column('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @Column('text', { name: 'identifiant_acte', nullable: true })
  identifiantActe: string | null;

  @Column('uuid', { name: 'correspondance_id', nullable: true })
  correspondanceId: string | null;

  @Column('uuid', { name: 'corrige_id', nullable: true })
  corrigeId: string | null;

  @Column('text')
  flux: string;

  @Column('text')
  state: string;

  @Column('timestamptz')
  since: Date;

  @Column('int')
  version: number;

  @Column('int')
  cycle: number;

  @Column('int')
  turn: number;

  @Column('timestamptz', { name: 'next_turn_at', nullable: true })
  nextTurnAt: Date | null;

  @Column('timestamptz', { name: 'pas_avant', nullable: true })
  pasAvant: Date | null;

  @Column('timestamptz', { name: 'ack_due_at', nullable: true })
  ackDueAt: Date | null;

  @Column('boolean', { name: 'is_overdue' })
  isOverdue: boolean;

  @Column('uuid', { name: 'enveloppe_id', nullable: true })
  enveloppeId: string | null;

  @Column('text', { name: 'liaison_id', nullable: true })
  liaisonId: string | null;

  @Column('text', { name: 'stop_code', nullable: true })
  stopCode: string | null;

  @Column('text', { name: 'stop_detail', nullable: true })
  stopDetail: string | null;

  @Column('date', { name: 'classification_envoyee', nullable: true })
  classificationEnvoyee: string | null;

  @Column('timestamptz', { name: 'teletransmise_le', nullable: true })
  teletransmiseLe: Date | null;

  @Column('date', { name: 'date_reception', nullable: true })
  dateReception: string | null;

  /** L'image de la sauvegarde qui l'a rendue, et le cycle qu'elle y avait. */
  @Column('timestamptz', { name: 'image_du', nullable: true })
  imageDu: Date | null;

  @Column('int', { name: 'image_cycle', nullable: true })
  imageCycle: number | null;
}

@Entity('enveloppes')
export class EnveloppeRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'transmission_id' })
  transmissionId: string;

  @Column('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @Column('int')
  cycle: number;

  @Column('char', { length: 9 })
  siren: string;

  @Column('date')
  jour: string;

  @Column('int')
  numero: number;

  @Column('text', { name: 'nom_archive', nullable: true })
  nomArchive: string | null;

  @Column('char', { length: 64, nullable: true })
  empreinte: string | null;

  @Column('bigint', { name: 'taille_octets', nullable: true })
  tailleOctets: string | null;

  @Column('timestamptz', { name: 'scellee_le', nullable: true })
  scelleeLe: Date | null;
}

@Entity('envois')
export class EnvoiRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'transmission_id' })
  transmissionId: string;

  @Column('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @Column('uuid', { name: 'enveloppe_id' })
  enveloppeId: string;

  /** La liaison par où il est parti, et la référence que l'autre bout lui a donnée. */
  @Column('text', { name: 'liaison_id', default: 'directe' })
  liaisonId: string;

  @Column('text', { nullable: true })
  reference: string | null;

  @Column('int')
  turn: number;

  /** La version de la transmission à l'ouverture : seul ce jeton peut écrire l'issue. */
  @Column('int')
  jeton: number;

  @Column('timestamptz', { name: 'ouvert_le' })
  ouvertLe: Date;

  @Column('timestamptz', { name: 'bail_jusqua' })
  bailJusqua: Date;

  @Column('text', { name: 'reponse_tardive', nullable: true })
  reponseTardive: string | null;

  @Column('text', { name: 'reponse_tardive_code', nullable: true })
  reponseTardiveCode: string | null;

  @Column('timestamptz', { name: 'reponse_tardive_le', nullable: true })
  reponseTardiveLe: Date | null;

  @Column('timestamptz', { name: 'clos_le', nullable: true })
  closLe: Date | null;

  @Column('text', { nullable: true })
  outcome: string | null;

  @Column('text', { nullable: true })
  code: string | null;

  @Column('text', { nullable: true })
  detail: string | null;
}
