/**
 * Ce que de vraies réponses ont eu de travers (protocole §2.6, §3.8, §10, §12.3), à la demande.
 * Une altération qui n'a pas de prise sur une réponse (un document papier dans un 6-2) n'y change rien.
 */
export const ALTERATIONS = [
  /** Octets UTF-8 sous une déclaration ISO-8859-1. */
  'utf8-sous-latin1',
  /** Déclaré et encodé en windows-1252. */
  'windows-1252',
  /** L'acte reçu sans son élément DocumentPapier. */
  'sans-document-papier',
  /** Une anomalie de nature 999. */
  'nature-999',
  /** Des NomFichier qui portent un chemin. */
  'nom-fichier-avec-chemin',
  /** Un compteur de message à cinq chiffres. */
  'compteur-cinq-chiffres',
  /** Dans le retour, l'enveloppe vient en dernier. */
  'enveloppe-apres-message',
  /** Le retour n'a pas d'enveloppe. */
  'enveloppe-absente',
  /** La réponse parle d'un acte que personne n'a envoyé. */
  'acte-inconnu',
  /** La réponse est adressée à un autre SIREN. */
  'siren-errone',
  /** L'accusé, puis une anomalie du même message. */
  'accuse-puis-anomalie',
  /** L'anomalie, puis l'accusé du même message. */
  'anomalie-puis-accuse',
  /** La classification entière, quand rien n'a changé. */
  '7-2-au-lieu-de-7-3',
  /** « Sans changement », quand la version a changé. */
  '7-3-au-lieu-de-7-2',
] as const;

export type Alteration = (typeof ALTERATIONS)[number];

const CONTRADICTIONS: readonly (readonly [Alteration, Alteration])[] = [
  ['utf8-sous-latin1', 'windows-1252'],
  ['enveloppe-apres-message', 'enveloppe-absente'],
  ['accuse-puis-anomalie', 'anomalie-puis-accuse'],
];

/** Les couples d'altérations de cette liste qui ne peuvent pas aller ensemble. */
export function contradictionsIn(alterations: readonly Alteration[]): readonly string[] {
  return CONTRADICTIONS.filter((couple) =>
    couple.every((alteration) => alterations.includes(alteration)),
  ).map(([un, deux]) => `« ${un} » et « ${deux} » ne vont pas ensemble.`);
}
