import type { RetourCase } from '@teletransmission/teletransmission';
import { RETOUR_CASES, RETOUR_EVENT_LABELS, RETOUR_POLICY } from '@teletransmission/teletransmission';

const rowOf = (name: RetourCase): string => {
  const { situation, event, phrase } = RETOUR_POLICY[name];
  return `| ${situation} | ${RETOUR_EVENT_LABELS[event]} | ${phrase} |`;
};

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
  ].join('\n');
}
