import { SECRET_CONTENT, SECRET_MOTIF } from './scene';
import type { Stage } from './stage';

/** Ce que ni journal ni métrique ne doit porter, et de quoi le reconnaître. */
function forbiddenIn(stage: Stage): readonly (readonly [what: string, pattern: RegExp | string])[] {
  return [
    ['une adresse électronique', /[\w.+-]+@[\w-]+(\.[\w-]+)+/],
    ['un numéro de téléphone', '0400000000'],
    ['le nom du référent', 'Secrétariat'],
    ['le nom de la commune', /Saint-Mathieu/i],
    ['le nom d’un compte', 'lancement local'],
    ['le nom d’un signataire', 'Camille'],
    ['un objet d’acte', /Objet que nul/],
    ['un motif', SECRET_MOTIF],
    ['le contenu d’une pièce', new RegExp(`${SECRET_CONTENT}|%PDF`)],
    ['du XML', /<\?xml|<actes:|xmlns/],
    ['un jeton du service', /tlt_/],
    ['le secret partagé avec la préfecture', stage.jetonPrefecture],
    ['un en-tête d’identité', /Bearer|authorization/i],
    ['du SQL', /INSERT INTO|SELECT .* FROM/],
  ];
}

/** Une métrique n'a pas même le droit de désigner un acte ou une collectivité : elle compte, elle ne nomme pas. */
const IDENTITIES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['un SIREN', /\b\d{9}\b/],
  ['une identité', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/],
  ['un identifiant d’acte', /\d{3}-\d{9}-\d{8}/],
  ['une empreinte', /[0-9a-f]{32}/],
  [
    'une étiquette hors du vocabulaire',
    /["{,](?!(?:etat|genre|issue|file|travail|departement|nom|part|niveau|methode|route|statut|kind|le)=)\w+="/,
  ],
];

function faultsIn(
  text: string,
  forbidden: readonly (readonly [what: string, pattern: RegExp | string])[],
): readonly string[] {
  const lines = text.split('\n');
  return forbidden.flatMap(([what, pattern]) => {
    const line = lines.find((one) =>
      typeof pattern === 'string' ? one.includes(pattern) : pattern.test(one),
    );
    return line === undefined ? [] : [`${what} : ${line.slice(0, 300)}`];
  });
}

/** Ce que les journaux des processus disent et ne devraient pas, avec la ligne fautive. */
export function indiscretionsOf(stage: Stage): readonly string[] {
  return faultsIn(stage.writtenSoFar(), [
    ...forbiddenIn(stage),
    ['le jeton des métriques', stage.jetonMetriques],
  ]);
}

/** De même pour des métriques : leurs noms et leurs étiquettes. Un nombre, lui, peut avoir neuf chiffres. */
export function indiscretionsOfMetriques(stage: Stage, metriques: string): readonly string[] {
  const named = metriques
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replace(/ \S+$/, ''));
  return faultsIn(named.join('\n'), [...forbiddenIn(stage), ...IDENTITIES]);
}
