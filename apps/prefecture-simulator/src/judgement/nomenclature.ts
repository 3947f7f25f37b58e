/** Nombre de matières de niveau 2 sous chaque matière de niveau 1, dans la nomenclature nationale (protocole §5.3). */
const MATIERES_NATIONALES: ReadonlyMap<number, number> = new Map([
  [1, 7],
  [2, 3],
  [3, 6],
  [4, 5],
  [5, 8],
  [6, 5],
  [7, 10],
  [8, 9],
  [9, 4],
]);

/** Une nature d'acte et les types de pièce qu'elle admet, version du 28 novembre 2018 et suivantes (protocole §4.3, §5.5). */
export interface NatureActe {
  readonly abrege: string;
  readonly typesPiece: ReadonlySet<string>;
}

const types = (liste: string): ReadonlySet<string> => new Set(liste.split(' '));

const NATURES: ReadonlyMap<number, NatureActe> = new Map([
  [
    1,
    {
      abrege: 'DE',
      typesPiece: types(
        '21_DA 21_DB 21_DE 21_DO 21_EP 21_PA 21_RP 23_DE 23_IA 31_DE 31_DP 41_RA 42_AC 42_DE 43_AC 70_DE 99_DE 99_SE',
      ),
    },
  ],
  [2, { abrege: 'AR', typesPiece: types('21_DA 21_DB 21_DE 21_DO 21_EP 21_PA 21_RP 99_AR 99_SE') }],
  [
    3,
    {
      abrege: 'AI',
      typesPiece: types(
        '22_AC 22_AG 22_AR 22_AT 22_AV 22_CO 22_DD 22_DN 22_DP 22_LE 22_NE 22_PE 22_PN 22_RE 22_TA 23_PR ' +
          '41_AT 41_AV 41_CA 41_CM 41_DA 41_DE 41_IC 41_IN 41_NC 42_AT ' +
          '43_AC 43_AV 43_CA 43_CM 43_DA 43_IN 43_LI 43_NC 99_AI 99_SE',
      ),
    },
  ],
  [
    4,
    {
      abrege: 'CC',
      typesPiece: types(
        '10_AV 10_DE 11_AC 11_AE 11_AP 11_AT 11_AV 11_IN 11_JU 11_PV 11_RA 11_RC 11_RP 11_TP ' +
          '12_AD 12_CC 12_CD 12_CR 12_DA 12_DC 12_IP 12_NR 12_RS 12_ST 15_JU 17_CE 17_GA 17_RC ' +
          '31_AA 31_CO 31_DE 31_DP 32_AA 32_CV 32_DC 32_DE 32_DP 33_AC 33_AO 33_CC 42_AC 42_AT 42_AV 42_DE 43_AC ' +
          '99_DC 99_SE',
      ),
    },
  ],
  [5, { abrege: 'BF', typesPiece: types('70_DE 99_BU 99_SE') }],
  [6, { abrege: 'AU', typesPiece: types('99_AU 99_SE') }],
]);

/** La nature de ce code (« 1 » et « 01 » sont le même nombre), ou rien si elle n'existe pas. */
export function natureActe(code: string): NatureActe | undefined {
  return /^\d{1,9}$/.test(code) ? NATURES.get(Number(code)) : undefined;
}

/** Le code d'une abréviation (`DE` → `1`), pour relire un nom de fichier. */
export function codeNature(abrege: string): string | undefined {
  return [...NATURES].find(([, nature]) => nature.abrege === abrege)?.[0].toString();
}

/**
 * La première faute d'un chemin de matière, niveau 1 d'abord, ou rien s'il existe.
 * Les niveaux 3 à 5 sont locaux : on exige seulement un code positif.
 */
export function faultOfMatiere(codes: readonly string[]): string | undefined {
  const [premier, deuxieme, ...suivants] = codes.map(Number);
  const combien = MATIERES_NATIONALES.get(premier ?? 0);
  if (combien === undefined) return `la matière ${codes[0] ?? ''} n'existe pas`;
  if (deuxieme === undefined || deuxieme < 1 || deuxieme > combien) {
    return `la matière ${codes.slice(0, 2).join('.')} n'existe pas`;
  }
  if (suivants.some((code) => !(code >= 1))) return `la matière ${codes.join('.')} a un niveau nul`;
  return undefined;
}
