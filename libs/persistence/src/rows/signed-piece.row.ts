import { Column } from 'typeorm';

/** Les colonnes d'une pièce et de sa signature ; les deux tables de pièces ont les mêmes. */
export abstract class SignedPieceRow {
  @Column('char', { length: 5, name: 'type_piece' })
  typePiece: string;

  @Column('text', { name: 'nom_fichier' })
  nomFichier: string;

  @Column('char', { length: 64 })
  empreinte: string;

  @Column('bigint', { name: 'taille_octets' })
  tailleOctets: string;

  @Column('text')
  format: string;

  @Column('text', { array: true, nullable: true })
  remarques: string[] | null;

  @Column('text', { name: 'signature_nom', nullable: true })
  signatureNom: string | null;

  @Column('char', { length: 64, name: 'signature_empreinte', nullable: true })
  signatureEmpreinte: string | null;

  @Column('bigint', { name: 'signature_octets', nullable: true })
  signatureOctets: string | null;

  @Column('text', { name: 'signature_serie', nullable: true })
  signatureSerie: string | null;

  @Column('text', { name: 'signature_algorithme', nullable: true })
  signatureAlgorithme: string | null;

  @Column('boolean', { name: 'signature_chaine', nullable: true })
  signatureChaine: boolean | null;
}
