/** Une rubrique de la classification et celles qu'elle contient ; le code est local à son parent. */
export interface Rubrique {
  readonly code: number;
  readonly libelle: string;
  readonly sous: readonly Rubrique[];
}

const rubrique = (code: number, libelle: string, sous: readonly Rubrique[] = []): Rubrique => ({
  code,
  libelle,
  sous,
});
/** Numérote des rubriques à partir de 1, comme elles se suivent. */
const suite = (...libelles: readonly string[]): readonly Rubrique[] =>
  libelles.map((libelle, rang) => rubrique(rang + 1, libelle));

/**
 * Les matières : niveaux 1 et 2 nationaux (protocole §5.3), niveaux 3 et 4 propres à cette préfecture imaginaire (§5.4).
 * L'ordre est celui des nombres ; les fichiers réels rangent parfois 7.10 juste après 7.1.
 */
export const MATIERES: readonly Rubrique[] = [
  rubrique(1, 'Commande publique', [
    rubrique(
      1,
      'Marchés publics',
      suite('Marchés de travaux', 'Marchés de fournitures', 'Marchés de services', 'Accords-cadres'),
    ),
    rubrique(2, 'Délégation de service public', suite('Concessions de service public', 'Avenants')),
    rubrique(3, 'Conventions de mandat'),
    rubrique(4, 'Autres types de contrats'),
    rubrique(5, "Transactions / protocole d'accord transactionnel"),
    rubrique(6, "Actes relatifs à la maîtrise d'œuvre"),
    rubrique(7, 'Actes spéciaux et divers'),
  ]),
  rubrique(2, 'Urbanisme', [
    rubrique(1, "Documents d'urbanisme", [
      rubrique(1, 'Schémas de cohérence territoriale'),
      rubrique(
        2,
        "Plans locaux d'urbanisme",
        suite('Prescription et arrêt', 'Approbation', 'Modification et révision'),
      ),
      rubrique(3, 'Cartes communales'),
    ]),
    rubrique(
      2,
      "Actes relatifs au droit d'occupation ou d'utilisation des sols",
      suite('Certificats', 'Permis et déclarations préalables'),
    ),
    rubrique(3, 'Droit de préemption urbain'),
  ]),
  rubrique(3, 'Domaine et patrimoine', [
    rubrique(1, 'Acquisitions'),
    rubrique(2, 'Aliénations'),
    rubrique(3, 'Locations'),
    rubrique(4, 'Limites territoriales'),
    rubrique(
      5,
      'Autres actes de gestion du domaine public',
      suite('Autorisations de voirie', "Conventions d'occupation"),
    ),
    rubrique(6, 'Autres actes de gestion du domaine privé'),
  ]),
  rubrique(4, 'Fonction publique', [
    rubrique(
      1,
      'Personnel titulaires et stagiaires de la F.P.T.',
      suite('Créations et suppressions de postes', 'Recrutements', 'Avancements'),
    ),
    rubrique(2, 'Personnel contractuel'),
    rubrique(3, 'Fonction publique hospitalière'),
    rubrique(4, 'Autres catégories de personnels'),
    rubrique(5, 'Régime indemnitaire'),
  ]),
  rubrique(5, 'Institutions et vie politique', [
    rubrique(1, 'Élection exécutif'),
    rubrique(2, 'Fonctionnement des assemblées', suite('Règlement intérieur', 'Procès-verbaux')),
    rubrique(3, 'Désignation de représentants'),
    rubrique(4, 'Délégation de fonctions'),
    rubrique(5, 'Délégation de signature'),
    rubrique(6, 'Exercice des mandats locaux'),
    rubrique(7, 'Intercommunalité', suite('Statuts', 'Transferts de compétences')),
    rubrique(8, "Décision d'ester en justice"),
  ]),
  rubrique(6, 'Libertés publiques et pouvoirs de police', [
    rubrique(1, 'Police municipale'),
    rubrique(2, 'Pouvoir du président du conseil général'),
    rubrique(3, 'Pouvoir du président du conseil régional'),
    rubrique(4, 'Autres actes réglementaires'),
    rubrique(5, "Actes pris au nom de l'État et soumis au contrôle hiérarchique"),
  ]),
  rubrique(7, 'Finances locales', [
    rubrique(
      1,
      'Décisions budgétaires',
      suite('Budgets et comptes', 'Décisions modificatives', 'Tarifs', 'Admissions en non-valeur'),
    ),
    rubrique(2, 'Fiscalité', suite('Vote des taux', 'Exonérations')),
    rubrique(3, 'Emprunts'),
    rubrique(4, 'Interventions économiques'),
    rubrique(5, 'Subventions', suite('Demandes de subvention', 'Subventions accordées')),
    rubrique(6, 'Contributions budgétaires'),
    rubrique(7, 'Avances'),
    rubrique(8, 'Fonds de concours'),
    rubrique(9, 'Prise de participation (SEM, etc.)'),
    rubrique(10, 'Divers'),
  ]),
  rubrique(8, 'Domaines de compétences par thèmes', [
    rubrique(1, 'Enseignement', suite('Écoles', 'Restauration scolaire')),
    rubrique(2, 'Aide sociale'),
    rubrique(3, 'Voirie', suite('Classement et déclassement', 'Dénomination')),
    rubrique(4, 'Aménagement du territoire'),
    rubrique(5, 'Politique de la ville-habitat-logement'),
    rubrique(6, 'Emploi-formation professionnelle'),
    rubrique(7, 'Transports'),
    rubrique(8, 'Environnement', suite('Eau et assainissement', 'Déchets', 'Énergie')),
    rubrique(9, 'Culture'),
  ]),
  rubrique(9, 'Autres domaines de compétences', [
    rubrique(1, 'Autres domaines de compétences des communes'),
    rubrique(2, 'Autres domaines de compétences des départements'),
    rubrique(3, 'Autres domaines de compétences des régions'),
    rubrique(4, 'Vœux et motions'),
  ]),
];
