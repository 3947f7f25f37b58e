import type { Paragraph } from './reference-pdf';

/** La commune de référence, telle qu'elle s'inscrit. */
export const REFERENCE_COLLECTIVITE = {
  siren: '213402761',
  nom: 'Saint-Mathieu-de-Tréviers',
  departement: '034',
  arrondissement: '3',
  natureCollectivite: '31',
  fuseau: 'Europe/Paris',
  referent: { nom: 'Secrétariat général', telephone: '0400000000', email: 'actes@saint-mathieu.example.org' },
  adressesRetour: ['actes@saint-mathieu.example.org'],
  classificationDateVersion: '2019-08-29',
  tiretsPermis: true,
  publicationAutomatique: true,
  adresseDesActes: 'https://saint-mathieu.example/actes/{identifiant}',
} as const;

const OBJET =
  "EDUCATION - Convention de partenariat avec la Région Académique Occitanie pour la mise à disposition d'un environnement numérique de travail (ENT) aux usagers des écoles - Année scolaire 2022-2023 - Autorisation de signature";

/** Le dossier de la délibération 2022-10-062, séance du 20 octobre 2022. */
export const REFERENCE_DOSSIER = {
  collectivite: REFERENCE_COLLECTIVITE.siren,
  numeroInterne: '2022-10-062',
  nature: 'DE',
  dateDecision: '2022-10-20',
  objet: OBJET,
  matiere: '8.1',
  vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
  document: { fichier: 'extrait.pdf', typePiece: '99_DE' },
  annexes: [{ fichier: 'convention.pdf', typePiece: '99_DE' }],
} as const;

const text = (texte: string): Paragraph => ({ style: 'texte', texte });
const heading = (texte: string): Paragraph => ({ style: 'sous-titre', texte });

/** L'extrait du registre : les faits de la séance, sans le nom des élus. */
export const EXTRAIT: readonly Paragraph[] = [
  { style: 'titre', texte: 'Commune de Saint-Mathieu-de-Tréviers' },
  { style: 'sous-titre', texte: 'Extrait du registre des délibérations du conseil municipal' },
  text('Délibération n° 2022-10-062 — Séance du 20 octobre 2022, 19 heures'),
  text(
    'Convocation du 14 octobre 2022. Membres en exercice : 27. Présents : 18. Représentés : 6. Absents : 3. Votants : 24.',
  ),
  heading('Objet'),
  text(OBJET),
  heading('Exposé'),
  text(
    'La région académique Occitanie met à la disposition des écoles un environnement numérique de travail : messagerie et stockage de ressources, emploi du temps et supports de cours, informations sur la scolarité de l’élève.',
  ),
  text(
    'La commune participe à hauteur de 45 € TTC par école et par an, soit 90 € TTC pour l’école maternelle Les Fontanilles et l’école élémentaire Agnès Gelly.',
  ),
  heading('Décision'),
  text(
    'Le conseil municipal approuve la convention de partenariat 2022-2023 avec la région académique Occitanie.',
  ),
  text(
    'Il autorise le maire, ou son représentant, à la signer ainsi que tout document relatif à cette affaire.',
  ),
  heading('Vote'),
  text('Votants : 24. Pour : 24. Contre : 0. Abstentions : 0. Adoptée à l’unanimité.'),
];

/** La convention jointe en annexe, réduite à ses faits. */
export const CONVENTION: readonly Paragraph[] = [
  { style: 'titre', texte: 'Convention de partenariat — ENT-école, année scolaire 2022-2023' },
  text(
    'Entre la région académique Occitanie, 31 rue de l’Université à Montpellier, ci-après « région académique »,',
  ),
  text('et la commune de Saint-Mathieu-de-Tréviers, SIRET 213 402 761 00018, ci-après « collectivité ».'),
  heading('Objet'),
  text(
    'La région académique met à la disposition des écoles de la collectivité un environnement numérique de travail du premier degré.',
  ),
  heading('Données personnelles'),
  text(
    'La rectrice de la région académique est responsable du traitement ; elle tient son registre et en informe les usagers.',
  ),
  heading('Écoles et participation'),
  text(
    'École élémentaire publique Agnès Gelly (0340711N) et école maternelle publique Les Fontanilles (0340990S).',
  ),
  text('Deux écoles à 45 € TTC par an, soit 90 € TTC pour l’année scolaire.'),
  heading('Durée'),
  text('La convention prend effet à sa signature et s’achève le 31 octobre 2023.'),
];
