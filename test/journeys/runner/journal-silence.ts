import { SECRET_CONTENT, SECRET_MOTIF } from './scene';
import type { Stage } from './stage';

/** Ce que nul journal ne doit porter, et de quoi le reconnaître. */
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

/** Ce que les journaux des processus disent et ne devraient pas, avec la ligne fautive. */
export function indiscretionsOf(stage: Stage): readonly string[] {
  const lines = stage.writtenSoFar().split('\n');
  return forbiddenIn(stage).flatMap(([what, pattern]) => {
    const line = lines.find((one) =>
      typeof pattern === 'string' ? one.includes(pattern) : pattern.test(one),
    );
    return line === undefined ? [] : [`${what} : ${line.slice(0, 300)}`];
  });
}
