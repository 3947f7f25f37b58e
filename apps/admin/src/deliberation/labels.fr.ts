import type { EnvoiOutcome, NextStep } from '@teletransmission/teletransmission';

/** Comment un envoi s'est terminé. */
export const ENVOI_OUTCOME_LABELS: Readonly<Record<EnvoiOutcome, string>> = {
  accepted: 'reçu par la préfecture',
  deferred: 'pas reçu, remis à plus tard',
  refused: 'refusé',
  lost: 'réponse perdue',
  found: 'retrouvé à la préfecture',
  absent: 'jamais arrivé à la préfecture',
  answered: 'reçu, puisque la préfecture y a répondu',
};

/** Qui fait l'étape suivante, quand il y en a une. */
export const NEXT_STEP_ACTORS: Readonly<Record<Exclude<NextStep['who'], 'personne'>, string>> = {
  service: 'Le service, de lui-même',
  prefecture: 'La préfecture',
  operateur: 'Un opérateur',
};

/** Les auteurs d'un évènement qui ne sont pas un compte. */
const ACTEUR_LABELS: Readonly<Record<string, string>> = {
  service: 'le service',
  prefecture: 'la préfecture',
  horloge: 'l’échéancier',
  console: 'l’exploitant, par la console',
};

/** L'auteur d'une ligne d'historique, tel qu'il se lit. */
export function acteurLabel(acteur: string): string {
  return ACTEUR_LABELS[acteur] ?? acteur;
}

const PREUVE_LABELS: Readonly<Record<string, string>> = {
  identifiantActe: 'Identifiant de l’acte',
  votants: 'Votants',
  pour: 'Pour',
  contre: 'Contre',
  abstentions: 'Abstentions',
  archive: 'Archive',
  empreinte: 'Empreinte SHA-256',
  tailleOctets: 'Taille',
  tour: 'Envoi n°',
  code: 'Code',
  detail: 'Détail',
  nature: 'Nature de l’anomalie',
  nom: 'Fichier',
  retour: 'Retour',
  empreinteRetour: 'Empreinte du retour',
  flux: 'Message',
  dateReception: 'Date de réception',
  datePublication: 'Date de publication',
  adresse: 'Adresse',
  echeance: 'Échéance',
  corrige: 'Corrige l’acte',
  corrigeePar: 'Corrigé par',
};

const SIGNATURE_LABELS: Readonly<Record<string, string>> = {
  empreinte: 'Empreinte de la signature ',
  serie: 'Certificat de la signature ',
  algorithme: 'Algorithme de la signature ',
};

/** Le nom d'un fait de preuve. Un fait inconnu de cette version se lit sous son nom. */
export function preuveLabel(key: string): string {
  const piece = /^empreintePiece(\d+)$/.exec(key);
  if (piece)
    return piece[1] === '0' ? 'Empreinte du document principal' : `Empreinte de l’annexe ${piece[1] ?? ''}`;
  const signature = /^(empreinte|serie|algorithme)Signature(\d+)$/.exec(key);
  if (signature) {
    const what = SIGNATURE_LABELS[signature[1] ?? ''] ?? '';
    return `${what}${signature[2] === '0' ? 'du document principal' : `de l’annexe ${signature[2] ?? ''}`}`;
  }
  return PREUVE_LABELS[key] ?? key;
}
