import type { CivilDate, Result } from '@teletransmission/kernel';
import { civilDate, ok, refuse } from '@teletransmission/kernel';

/** Un intitulé de la nomenclature nationale. Deux niveaux au moins : le schéma exige `CodeMatiere1` et `CodeMatiere2`. */
export interface Matiere {
  /** Les niveaux joints par des points : `8.1`, `7.10`. */
  readonly code: string;
  readonly niveaux: readonly number[];
  /** L'intitulé national de niveau 2 ; les niveaux 3 à 5 sont propres à chaque préfecture. */
  readonly libelle: string;
  /** L'intitulé de niveau 1. */
  readonly domaine: string;
}

/** Date de la version nationale que ces tables reproduisent (`ClassificationDateVersion` des actes émis depuis). */
export const NOMENCLATURE_DATE: CivilDate = civilDate('2019-08-29');

/** Niveau 1, puis niveau 2 dans l'ordre de ses codes. L'ordre est numérique : 7.10 vient après 7.9. */
const TABLE: readonly (readonly [domaine: string, matieres: readonly string[]])[] = [
  [
    'Commande publique',
    [
      'Marchés publics',
      'Délégation de service public',
      'Conventions de mandat',
      'Autres types de contrats',
      "Transactions / protocole d'accord transactionnel",
      "Actes relatifs à la maîtrise d'œuvre",
      'Actes spéciaux et divers',
    ],
  ],
  [
    'Urbanisme',
    [
      "Documents d'urbanisme",
      "Actes relatifs au droit d'occupation ou d'utilisation des sols",
      'Droit de préemption urbain',
    ],
  ],
  [
    'Domaine et patrimoine',
    [
      'Acquisitions',
      'Aliénations',
      'Locations',
      'Limites territoriales',
      'Autres actes de gestion du domaine public',
      'Autres actes de gestion du domaine privé',
    ],
  ],
  [
    'Fonction publique',
    [
      'Personnel titulaires et stagiaires de la F.P.T.',
      'Personnel contractuel',
      'Fonction publique hospitalière',
      'Autres catégories de personnels',
      'Régime indemnitaire',
    ],
  ],
  [
    'Institutions et vie politique',
    [
      'Élection exécutif',
      'Fonctionnement des assemblées',
      'Désignation de représentants',
      'Délégation de fonctions',
      'Délégation de signature',
      'Exercice des mandats locaux',
      'Intercommunalité',
      "Décision d'ester en justice",
    ],
  ],
  [
    'Libertés publiques et pouvoirs de police',
    [
      'Police municipale',
      'Pouvoir du président du conseil général',
      'Pouvoir du président du conseil régional',
      'Autres actes réglementaires',
      "Actes pris au nom de l'État et soumis au contrôle hiérarchique",
    ],
  ],
  [
    'Finances locales',
    [
      'Décisions budgétaires',
      'Fiscalité',
      'Emprunts',
      'Interventions économiques',
      'Subventions',
      'Contributions budgétaires',
      'Avances',
      'Fonds de concours',
      'Prise de participation (SEM, etc.)',
      'Divers',
    ],
  ],
  [
    'Domaines de compétences par thèmes',
    [
      'Enseignement',
      'Aide sociale',
      'Voirie',
      'Aménagement du territoire',
      'Politique de la ville, habitat, logement',
      'Emploi, formation professionnelle',
      'Transports',
      'Environnement',
      'Culture',
    ],
  ],
  [
    'Autres domaines de compétences',
    [
      'Autres domaines de compétences des communes',
      'Autres domaines de compétences des départements',
      'Autres domaines de compétences des régions',
      'Vœux et motions',
    ],
  ],
];

/** Les 57 matières nationales de niveau 2, dans l'ordre numérique. */
export const MATIERES: readonly Matiere[] = TABLE.flatMap(([domaine, matieres], first) =>
  matieres.map((libelle, second) => ({
    code: `${first + 1}.${second + 1}`,
    niveaux: [first + 1, second + 1],
    libelle,
    domaine,
  })),
);

const LEVEL_MAX = 999;

/**
 * Lit un code de matière de 2 à 5 niveaux, écrit avec des points. Les niveaux 1 et 2 doivent exister dans la nomenclature
 * nationale ; les suivants, propres à la préfecture, ne sont contrôlés que dans leur forme.
 * @returns la matière, ou le refus `matiere/malformed`, `matiere/incomplete` ou `matiere/unknown`.
 * @example parseMatiere('7.10')
 */
export function parseMatiere(code: string): Result<Matiere> {
  if (/^[1-9]$/.test(code)) {
    return refuse({
      code: 'matiere/incomplete',
      detail: `La matière « ${code} » n'a qu'un niveau : choisissez-en une du second niveau, par exemple « ${code}.1 ».`,
    });
  }
  if (!/^[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){1,4}$/.test(code)) {
    return refuse({
      code: 'matiere/malformed',
      detail: `« ${code} » n'est pas un code de matière : écrivez de deux à cinq nombres séparés par des points, comme « 8.1 » ou « 7.10 ».`,
    });
  }
  const niveaux = code.split('.').map(Number);
  const national = findMatiere(niveaux);
  if (!national) {
    return refuse({
      code: 'matiere/unknown',
      detail: `La matière « ${niveaux.slice(0, 2).join('.')} » n'existe pas dans la nomenclature nationale du ${NOMENCLATURE_DATE} : cherchez-la par mots.`,
    });
  }
  return ok({ ...national, code, niveaux });
}

/** La matière nationale (niveaux 1 et 2) dont relèvent ces niveaux, ou `undefined`. */
export function findMatiere(niveaux: readonly number[]): Matiere | undefined {
  const [first, second] = niveaux;
  if (niveaux.some((niveau) => !Number.isInteger(niveau) || niveau < 1 || niveau > LEVEL_MAX))
    return undefined;
  return MATIERES.find((matiere) => matiere.niveaux[0] === first && matiere.niveaux[1] === second);
}
