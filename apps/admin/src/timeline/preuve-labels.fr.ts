/** Le nom de chaque fait que le journal garde avec une étape. */
export const PREUVE_LABELS: Readonly<Record<string, string>> = {
  identifiantActe: 'Identifiant de l’acte',
  votants: 'Votants',
  pour: 'Pour',
  contre: 'Contre',
  abstentions: 'Abstentions',
  pasAvant: 'Ne part pas avant',
  archive: 'Archive',
  genre: 'Genre',
  compte: 'Compte',
  url: 'Adresse',
  etat: 'État',
  parDefaut: 'Par défaut',
  liaison: 'Liaison',
  auparavant: 'Auparavant',
  reference: 'Référence en face',
  empreinte: 'Empreinte SHA-256',
  tailleOctets: 'Taille',
  tour: 'Envoi n°',
  cycle: 'Mise en file n°',
  code: 'Code',
  jusqua: 'Remis jusqu’au',
  detail: 'Détail',
  nature: 'Nature de l’anomalie',
  nom: 'Fichier',
  retour: 'Retour',
  empreinteRetour: 'Empreinte du retour',
  empreinteMessage: 'Empreinte du message',
  rattacheParMain: 'Rattaché à la main',
  rattacheA: 'Rattaché à la transmission',
  decision: 'Décision',
  transmission: 'Transmission',
  natureLue: 'Ce qu’est le retour',
  identifiantLu: 'Identifiant lu',
  lu: 'Ce qui s’y lit',
  cas: 'Ce qui est arrivé',
  flux: 'Message',
  empreinteDepot: 'Empreinte de tout ce qui a été déposé',
  empreinteObjet: 'Empreinte de l’objet',
  matiere: 'Matière',
  teletransmiseLe: 'Télétransmise le',
  dateReception: 'Date de réception',
  dateClassification: 'Date de la nomenclature',
  dateCourrier: 'Date de la lettre',
  datePublication: 'Date de publication',
  expireLe: 'Fin du jeton',
  finDesAutres: 'Fin des jetons d’avant',
  adresse: 'Adresse',
  moyen: 'Moyen de publication',
  echeance: 'Échéance',
  corrige: 'Corrige l’acte',
  corrigeePar: 'Corrigé par',
  annulation: 'Message d’annulation',
  reponse: 'Réponse',
  constat: 'Constat',
  premier: 'Premier opérateur',
  premierId: 'Compte du premier opérateur',
  second: 'Second opérateur',
  secondId: 'Compte du second opérateur',
  alerte: 'Alerte',
  depuis: 'Depuis',
  role: 'Rôle',
  portee: 'Portée du compte',
  siren: 'SIREN',
  departement: 'Département',
  arrondissement: 'Arrondissement',
  natureCollectivite: 'Nature de la collectivité',
  fuseau: 'Fuseau horaire',
  classificationDateVersion: 'Version de la nomenclature',
  tiretsPermis: 'Tirets permis dans les numéros',
  publicationAutomatique: 'Publie d’elle-même',
  adresseDesActes: 'Adresse des actes',
  quotaOctets: 'Quota de documents, en octets',
};

const SIGNATURE_LABELS: Readonly<Record<string, string>> = {
  empreinte: 'Empreinte de la signature ',
  serie: 'Certificat de la signature ',
  algorithme: 'Algorithme de la signature ',
};

/** Le nom d'un fait de preuve. Un fait inconnu de cette version se lit d'après sa clé, mot à mot. */
export function preuveLabel(key: string): string {
  const piece = /^empreintePiece(\d+)$/.exec(key);
  if (piece)
    return piece[1] === '0' ? 'Empreinte du document principal' : `Empreinte de l’annexe ${piece[1] ?? ''}`;
  const remarques = /^remarquesPiece(\d+)$/.exec(key);
  if (remarques) return remarques[1] === '0' ? 'Document principal' : `Annexe ${remarques[1] ?? ''}`;
  const signature = /^(empreinte|serie|algorithme)Signature(\d+)$/.exec(key);
  if (signature) {
    const what = SIGNATURE_LABELS[signature[1] ?? ''] ?? '';
    return `${what}${signature[2] === '0' ? 'du document principal' : `de l’annexe ${signature[2] ?? ''}`}`;
  }
  return PREUVE_LABELS[key] ?? wordsOf(key);
}

/** « dateDepart » se lit « Date depart ». */
function wordsOf(key: string): string {
  const words = key
    .replace(/[-_]/g, ' ')
    .replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
