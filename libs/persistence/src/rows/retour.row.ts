import type { Remarque } from '@teletransmission/teletransmission';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('retours')
export class RetourRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'liaison_id', default: 'directe' })
  liaisonId: string;

  @Column('text')
  source: string;

  @Column('text', { name: 'source_id' })
  sourceId: string;

  @Column('text')
  nom: string;

  @Column('char', { length: 64 })
  empreinte: string;

  @Column('bigint', { name: 'taille_octets' })
  tailleOctets: string;

  @Column('timestamptz', { name: 'recu_le' })
  recuLe: Date;

  @Column('int')
  presentations: number;

  @Column('text')
  state: string;

  /** Combien de fois il a été donné à lire. */
  @Column('int', { default: 1 })
  lecture: number;

  @Column('uuid', { name: 'rattache_a', nullable: true })
  rattacheA: string | null;

  @Column('jsonb', { default: [] })
  remarques: Remarque[];

  /** Une décision y attend une seconde personne. */
  @Column('boolean', { name: 'decision_en_cours', default: false })
  decisionEnCours: boolean;

  @Column('text', { nullable: true })
  flux: string | null;

  @Column('uuid', { name: 'collectivite_id', nullable: true })
  collectiviteId: string | null;

  @Column('uuid', { name: 'transmission_id', nullable: true })
  transmissionId: string | null;

  @Column('text', { nullable: true })
  code: string | null;

  @Column('text', { nullable: true })
  detail: string | null;

  @Column('timestamptz', { name: 'traite_le', nullable: true })
  traiteLe: Date | null;
}
