import type { CivilDate } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import type { NatureAbregee } from './natures';

/** Ce qu'est un fichier joint (`actes:CodeTypePJ`) : cinq caractères qui préfixent son nom. */
export interface TypePiece {
  readonly code: string;
  readonly libelle: string;
}

/** Date de la version de la typologie reproduite ici ; celles de mars et d'avril 2019 lui sont identiques. */
export const TYPOLOGIE_DATE: CivilDate = civilDate('2018-11-28');

/** Code, intitulé, natures d'acte qui l'admettent. Les deux chiffres disent la matière (99 : toutes), les deux lettres le genre. */
const TABLE: readonly (readonly [code: string, libelle: string, natures: string])[] = [
  ['10_AV', 'Avenant au contrat', 'CC'],
  ['10_DE', 'Délibération autorisant à passer le contrat', 'CC'],
  ['11_AC', "Avis d'appel public à concurrence", 'CC'],
  ['11_AE', "Acte d'engagement", 'CC'],
  ['11_AP', 'Cahier des clauses administratives particulières', 'CC'],
  ['11_AT', "Renseignements, attestations et déclarations fournies par l'attributaire", 'CC'],
  ['11_AV', 'Avis du jury de concours', 'CC'],
  ['11_IN', 'Invitation des candidats à soumissionner', 'CC'],
  ['11_JU', 'Rapport justifiant le choix du marché, les modalités et la procédure de passation', 'CC'],
  ['11_PV', "Procès-verbal de la commission d'appel d'offre", 'CC'],
  ['11_RA', "Rapport de la commission d'appel d'offre", 'CC'],
  ['11_RC', 'Règlement de consultation', 'CC'],
  ['11_RP', "Rapport de présentation de l'acheteur", 'CC'],
  ['11_TP', 'Cahier des clauses techniques particulières', 'CC'],
  ['12_AD', 'Avis de délégation', 'CC'],
  ['12_CC', 'Cahier des charges', 'CC'],
  ['12_CD', 'Contrat de délégation', 'CC'],
  ['12_CR', 'Courriers de rejet des offres incomplètes ou irrecevables', 'CC'],
  ['12_DA', "Déclarations et documents justificatifs de l'attributaire", 'CC'],
  ['12_DC', 'Documents de consultation', 'CC'],
  ['12_IP', 'Invitation à présenter une offre', 'CC'],
  ['12_NR', 'Notification du rejet des offres', 'CC'],
  ['12_RS', 'Rapport de sélection du délégataire', 'CC'],
  ['12_ST', 'Spécifications techniques et fonctionnelles', 'CC'],
  ['15_JU', "Copie du jugement d'homologation de la transaction", 'CC'],
  ['17_CE', 'Demande de cautionnement', 'CC'],
  ['17_GA', "Garantie d'emprunt", 'CC'],
  ['17_RC', 'Règlement de concours', 'CC'],
  ['21_DA', 'Décision arrêtant le projet', 'DE AR'],
  ['21_DB', "Débat d'orientation du plan d'aménagement et de développement durable", 'DE AR'],
  ['21_DE', 'Délibération de prescription', 'DE AR'],
  ['21_DO', "Document d'orientation et d'objectif", 'DE AR'],
  ['21_EP', 'Enquête publique', 'DE AR'],
  ['21_PA', "Projet d'aménagement et de développement durable", 'DE AR'],
  ['21_RP', 'Rapport de présentation', 'DE AR'],
  ['22_AC', "Accord d'une autorité administrative", 'AI'],
  ['22_AG', 'Agrément ou certificat', 'AI'],
  ['22_AR', 'Accusé de réception', 'AI'],
  ['22_AT', 'Attestation', 'AI'],
  ['22_AV', 'Avis', 'AI'],
  ['22_CO', 'Convention', 'AI'],
  ['22_DD', 'Demande', 'AI'],
  ['22_DN', 'Décision', 'AI'],
  ['22_DP', 'Document photographique', 'AI'],
  ['22_LE', 'Lettre', 'AI'],
  ['22_NE', 'Notice explicative', 'AI'],
  ['22_PE', 'Présentation des états initiaux et futurs', 'AI'],
  ['22_PN', 'Plans', 'AI'],
  ['22_RE', "Rapport d'étude", 'AI'],
  ['22_TA', 'Tableau', 'AI'],
  ['23_DE', 'Délibération autorisant la mise en œuvre du droit de préemption', 'DE'],
  ['23_IA', "Déclaration d'intention d'aliéner", 'DE'],
  ['23_PR', 'Décision de préempter', 'AI'],
  ['31_AA', "Avis de l'autorité compétente de l'État", 'CC'],
  ['31_CO', 'Contrat', 'CC'],
  ['31_DE', "Délibération autorisant l'acquisition", 'DE CC'],
  ['31_DP', 'Documents pré-contractuels', 'DE CC'],
  ['32_AA', "Avis de l'autorité compétente de l'État", 'CC'],
  ['32_CV', 'Contrat de vente', 'CC'],
  ['32_DC', 'Délibération constatant la désaffectation', 'CC'],
  ['32_DE', 'Délibération de déclassement', 'CC'],
  ['32_DP', 'Documents pré-contractuels', 'CC'],
  ['33_AC', "Avis de l'autorité compétente de l'État", 'CC'],
  ['33_AO', "Autorisation d'occupation du domaine public", 'CC'],
  ['33_CC', 'Contrat de concession', 'CC'],
  ['41_AT', 'Attestation', 'AI'],
  ['41_AV', "Avis de vacance d'emploi", 'AI'],
  ['41_CA', 'Avis de commission administrative paritaire', 'AI'],
  ['41_CM', 'Avis de la commission mixte paritaire', 'AI'],
  ['41_DA', "Demande de l'agent", 'AI'],
  ['41_DE', 'Délibération établissant la liste de postes à pourvoir', 'AI'],
  ['41_IC', 'Information du centre de gestion', 'AI'],
  ['41_IN', "Inscription sur liste d'aptitude", 'AI'],
  ['41_NC', 'Notification de création ou de vacance de poste', 'AI'],
  ['41_RA', "Rapport biennal des avancements d'échelons", 'DE'],
  ['42_AC', 'Avenant au contrat', 'DE CC'],
  ['42_AT', 'Attestation', 'AI CC'],
  ['42_AV', "Avis de vacance d'emploi", 'CC'],
  ['42_DE', 'Délibération', 'DE CC'],
  ['43_AC', 'Avenant au contrat', 'DE AI CC'],
  ['43_AV', "Avis de vacance d'emploi", 'AI'],
  ['43_CA', 'Avis de commission administrative paritaire', 'AI'],
  ['43_CM', 'Avis de la commission mixte paritaire', 'AI'],
  ['43_DA', "Demande de l'agent", 'AI'],
  ['43_IN', "Inscription sur liste d'aptitude", 'AI'],
  ['43_LI', 'Liste de postes à pourvoir', 'AI'],
  ['43_NC', 'Notification de création ou de vacance de poste', 'AI'],
  ['70_DE', 'Délibération', 'DE BF'],
  ['99_AI', 'Acte individuel', 'AI'],
  ['99_AR', 'Acte réglementaire', 'AR'],
  ['99_AU', 'Autre document', 'AU'],
  ['99_BU', 'Document budgétaire', 'BF'],
  ['99_DC', 'Document contractuel', 'CC'],
  ['99_DE', 'Délibération', 'DE'],
  ['99_SE', 'Fichier de signature électronique', 'DE AR AI CC BF AU'],
];

const BY_NATURE: ReadonlyMap<string, readonly TypePiece[]> = new Map(
  ['DE', 'AR', 'AI', 'CC', 'BF', 'AU'].map((nature) => [
    nature,
    TABLE.filter(([, , natures]) => natures.split(' ').includes(nature)).map(([code, libelle]) => ({
      code,
      libelle,
    })),
  ]),
);

const DEFAULTS: Readonly<Record<NatureAbregee, string>> = {
  DE: '99_DE',
  AR: '99_AR',
  AI: '99_AI',
  CC: '99_DC',
  BF: '99_BU',
  AU: '99_AU',
};

/** Les types de pièce qu'une nature d'acte admet, dans l'ordre des codes. */
export function typesPieceOf(nature: NatureAbregee): readonly TypePiece[] {
  return BY_NATURE.get(nature) ?? [];
}

/** Le type du document principal quand personne n'en a choisi un autre : `99_DE` pour une délibération. */
export function defaultTypePiece(nature: NatureAbregee): string {
  return DEFAULTS[nature];
}

/** Vrai si le code figure dans la typologie, quelle que soit la nature. */
export function isKnownTypePiece(code: string): boolean {
  return TABLE.some(([known]) => known === code);
}
