import type { RetourCase } from '@teletransmission/teletransmission';
import {
  NATURE_DECISION_LABELS,
  NATURES_DECISION,
  needsTwo,
  RETOUR_CASES,
  RETOUR_EVENT_LABELS,
  RETOUR_POLICY,
} from '@teletransmission/teletransmission';

const rowOf = (name: RetourCase): string => {
  const { situation, event, phrase } = RETOUR_POLICY[name];
  return `| ${situation} | ${RETOUR_EVENT_LABELS[event]} | ${phrase} |`;
};

const decisionRowOf = (nature: (typeof NATURES_DECISION)[number]): string =>
  `| ${NATURE_DECISION_LABELS[nature]} (\`${nature}\`) | ${needsTwo(nature) ? 'deux personnes : il fixe une date légale' : 'une personne'} |`;

/** La politique des retours, telle que le code la tient. */
export function drawPolicy(): string {
  return [
    '# La politique des retours',
    '',
    'Ce que devient chaque retour de la préfecture, et ce qui s’en dit à l’opérateur. Ce fichier est écrit depuis',
    '`libs/teletransmission/src/retour/policy.ts` ; un essai par cas le tient (`retour-policy.spec.ts`).',
    '',
    'Deux règles : un accusé l’emporte sur une anomalie, parce qu’il est la preuve légale ; une anomalie ne défait jamais un accusé.',
    'Rien ne se jette : ce qui ne s’applique pas attend dans le bac, avec sa phrase.',
    '',
    '| Ce qui arrive | Ce qu’il en devient | Ce qui se dit |',
    '| --- | --- | --- |',
    ...RETOUR_CASES.map(rowOf),
    '',
    '## Ce qu’une personne en décide',
    '',
    'Du bac, un retour se fait relire, se rattache, se met de côté, ou se décide : une personne l’a téléchargé et lu de ses yeux, elle nomme',
    'l’acte (ou la lettre), ce que le retour est, ce qui s’y lit, l’empreinte de ces octets, et son motif. La table de l’acte dit si elle',
    'l’admet ; sinon, le refus dit quoi faire. Un retour mis de côté se reprend tant que son acte attend une réponse.',
    '',
    '| Ce qu’il est | Qui décide |',
    '| --- | --- |',
    ...NATURES_DECISION.map(decisionRowOf),
    '',
    'À deux : la première personne propose, la seconde, d’un autre compte, lit le retour elle aussi et redit le jour de réception ; différent,',
    'rien ne s’applique. Elle confirme ou refuse ; l’auteur peut retirer. Confirmée, la décision écrit en une transaction ce que la lecture',
    'aurait écrit, et le journal garde les deux noms, les deux motifs, ce qui a été lu. Une décision close ne change plus.',
    'Chaque cas du bac a ses issues, prises une par une dans `tray-exits.spec.ts`.',
    '',
  ].join('\n');
}
