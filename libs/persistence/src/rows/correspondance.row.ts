import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SignedPieceRow } from './signed-piece.row';

@Entity('correspondances')
export class CorrespondanceRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'collectivite_id' })
  collectiviteId: string;

  @Column('uuid', { name: 'deliberation_id' })
  deliberationId: string;

  @Column('text', { name: 'identifiant_acte' })
  identifiantActe: string;

  @Column('text')
  flux: string;

  @Column('date', { name: 'date_courrier' })
  dateCourrier: string;

  @Column('text', { nullable: true })
  texte: string | null;

  @Column('timestamptz', { name: 'recue_le' })
  recueLe: Date;

  @Column('date', { nullable: true })
  echeance: string | null;

  @Column('text')
  state: string;

  @Column('char', { length: 64, name: 'empreinte_message' })
  empreinteMessage: string;

  @Column('uuid', { name: 'retour_id' })
  retourId: string;
}

@Entity('lettre_documents')
export class LettreDocumentRow {
  @PrimaryColumn('uuid', { name: 'correspondance_id' })
  correspondanceId: string;

  @PrimaryColumn('int')
  rang: number;

  @Column('text', { name: 'nom_fichier' })
  nomFichier: string;

  @Column('char', { length: 64 })
  empreinte: string;

  @Column('bigint', { name: 'taille_octets' })
  tailleOctets: string;
}

@Entity('reponse_pieces')
export class ReponsePieceRow extends SignedPieceRow {
  @PrimaryColumn('uuid', { name: 'transmission_id' })
  transmissionId: string;

  @PrimaryColumn('int')
  rang: number;
}
