import type { AbuseTarget, AbusiveRequest } from './abusive-request';
import { dossierOf, multipart, numbered, repeated } from './abusive-request';

const DEPOT = '/v1/deliberations';
const KIO = 1024;

/** Un dépôt dont seul le dossier est abusif. */
function dossier(
  nom: string,
  status: number,
  text: (target: AbuseTarget) => string | Buffer,
): AbusiveRequest {
  return {
    nom,
    status,
    make: (target) => multipart(DEPOT, [{ nom: 'dossier', type: 'application/json', octets: text(target) }]),
  };
}

/** Un dossier juste, où une valeur écrite telle quelle remplace un champ. */
const withField = (target: AbuseTarget, field: string, raw: string): string =>
  dossierOf(target, { [field]: '@' }).replace('"@"', raw);

const long = (text: string, length: number): string => JSON.stringify(text.repeat(length / text.length));

/** Les dossiers abusifs : ce que le JSON d'un dépôt peut avoir de trop. */
export const ABUSIVE_DOSSIERS: readonly AbusiveRequest[] = [
  dossier('340 000 annexes vides', 400, (target) =>
    withField(target, 'annexes', `[${repeated('{}', 340_000)}]`),
  ),
  dossier('500 000 annexes qui sont des nombres', 400, (target) =>
    withField(target, 'annexes', `[${repeated('1', 500_000)}]`),
  ),
  dossier('4 900 annexes vides', 422, (target) => withField(target, 'annexes', `[${repeated('{}', 4_900)}]`)),
  dossier('4 500 champs inconnus', 422, (target) =>
    dossierOf(target, {}).replace('{', `{${numbered((rank) => `"champ-${rank}":1`, 4_500)},`),
  ),
  dossier('200 annexes au nom de 5 000 caractères', 422, (target) =>
    dossierOf(target, {
      annexes: Array.from({ length: 200 }, (_, rank) => ({ fichier: `${rank}${'n'.repeat(5_000)}` })),
    }),
  ),
  dossier('200 annexes de vingt fautes', 422, (target) =>
    dossierOf(target, {
      annexes: Array.from({ length: 200 }, () => ({
        fichier: 7,
        typePiece: {},
        signature: [],
        ...Object.fromEntries(Array.from({ length: 17 }, (_, rank) => [`inconnu-${rank}`, rank])),
      })),
    }),
  ),
  dossier('60 000 champs inconnus', 400, (target) =>
    dossierOf(target, {}).replace('{', `{${numbered((rank) => `"champ-${rank}":1`, 60_000)},`),
  ),
  dossier('cent noms de champ de 10 000 caractères', 422, (target) =>
    dossierOf(target, {}).replace('{', `{${numbered((rank) => `"${rank}${'/~'.repeat(5_000)}":1`, 100)},`),
  ),
  dossier('100 000 crochets', 400, () => '['.repeat(100_000)),
  dossier('100 000 accolades dans l’objet', 400, (target) =>
    withField(target, 'objet', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  ),
  dossier('un objet d’un million de caractères', 422, (target) =>
    withField(target, 'objet', long('x', 1_000_000)),
  ),
  dossier('un objet d’accents décomposés sans fin', 422, (target) =>
    withField(target, 'objet', long('e\u0301\u0327', 300_000)),
  ),
  dossier('un objet de contrôles et de balises', 422, (target) =>
    withField(target, 'objet', long('<&\u0001>', 160_000)),
  ),
  dossier('chaque champ long de 90 000 caractères', 422, () => {
    const filled = long('1.', 90_000);
    const fields = ['collectivite', 'numeroInterne', 'dateDecision', 'objet', 'matiere', 'vote', 'pasAvant'];
    return `{${fields.map((field) => `"${field}":${filled}`).join(',')},"document":{"fichier":${filled}}}`;
  }),
  dossier('une matière de 250 000 niveaux', 422, (target) =>
    withField(target, 'matiere', long('1.', 500_000)),
  ),
  dossier('un numéro de 900 000 tirets', 422, (target) =>
    withField(target, 'numeroInterne', long('-', 900_000)),
  ),
  dossier('un vote d’un demi-million de chiffres', 400, (target) =>
    withField(target, 'vote', `{"votants":${'9'.repeat(500_000)}}`),
  ),
  dossier('100 000 fois le même champ', 400, (target) =>
    dossierOf(target, {}).replace('{', `{${repeated('"a":1', 100_000)},`),
  ),
  dossier('50 000 fois __proto__', 400, (target) =>
    dossierOf(target, {}).replace('{', `{${repeated('"__proto__":1', 50_000)},`),
  ),
  dossier('100 000 demi-codets', 400, (target) =>
    withField(target, 'annexes', `[${repeated('"\\ud800"', 100_000)}]`),
  ),
  dossier('un mébioctet qui n’est pas de l’UTF-8', 400, () => Buffer.alloc(1000 * KIO, 0xff)),
  dossier('un texte jamais fermé, tout en échappements', 400, () => `"${'\\u0000'.repeat(170_000)}`),
  dossier('deux mébioctets d’espaces', 413, () => ' '.repeat(2048 * KIO)),
];
