import type { Problem, Violation } from '@teletransmission/kernel';
import { firstViolations, frenchDate } from '@teletransmission/kernel';
import type { CivilDate } from '@teletransmission/kernel';
import type { DecisionState } from './decision';
import { DECISION_STATE_LABELS } from './labels.fr';

/** Les refus d'une décision sur un retour. */
export const DECISION_PROBLEM_CODES = [
  'decision/unknown',
  'decision/invalid',
  'decision/not-applicable',
  'decision/pending',
  'decision/same-person',
  'decision/not-author',
  'decision/closed',
  'decision/reading-differs',
  'decision/moved-meanwhile',
  'decision/lettre-known',
  'retour/act-settled',
] as const;

type DecisionProblem = Problem & { readonly code: (typeof DECISION_PROBLEM_CODES)[number] };

/** Un constructeur par refus ; chacun dit quoi faire. */
export const decisionProblems = {
  unknownDecision: (id: string): DecisionProblem => ({
    code: 'decision/unknown',
    detail: `Aucune décision « ${id} » n'est visible pour ce compte.`,
  }),
  invalidDecision: (violations: readonly Violation[]): DecisionProblem => ({
    code: 'decision/invalid',
    detail: 'Cette décision est à corriger. Rien n’a été enregistré.',
    violations: firstViolations(violations),
  }),
  decisionNotApplicable: (detail: string, state: string): DecisionProblem => ({
    code: 'decision/not-applicable',
    detail,
    facts: { state },
  }),
  decisionPending: (auteur: string, decisionId: string): DecisionProblem => ({
    code: 'decision/pending',
    detail: `Une décision de ${auteur} attend une seconde personne sur ce retour. Confirmez-la, refusez-la ou faites-la retirer d'abord.`,
    facts: { decisionId },
  }),
  samePerson: (): DecisionProblem => ({
    code: 'decision/same-person',
    detail:
      'Cette décision change une date légale : une seconde personne, d’un autre compte, la confirme ou la refuse. Vous pouvez retirer la vôtre.',
  }),
  notAuthor: (auteur: string): DecisionProblem => ({
    code: 'decision/not-author',
    detail: `Seul ${auteur} retire sa décision. Si vous n’êtes pas d’accord, refusez-la.`,
  }),
  decisionClosed: (state: DecisionState): DecisionProblem => ({
    code: 'decision/closed',
    detail: `Cette décision n'attend plus personne (« ${DECISION_STATE_LABELS[state]} »). Si le retour est encore au bac, prenez-en une autre.`,
    facts: { state },
  }),
  readingDiffers: (proposee: CivilDate, relue: CivilDate): DecisionProblem => ({
    code: 'decision/reading-differs',
    detail: `La décision proposée dit le ${frenchDate(proposee)}, et vous lisez le ${frenchDate(relue)}. Rien n’est appliqué : relisez, accordez-vous, ou refusez-la.`,
    violations: [
      { pointer: '/dateReception', code: 'decision/reading-differs', detail: 'Les deux lectures diffèrent.' },
    ],
  }),
  decisionMoved: (): DecisionProblem => ({
    code: 'decision/moved-meanwhile',
    detail:
      'Le retour, la décision ou l’acte vient de changer : rien n’a été écrit. Relisez-les avant de recommencer.',
  }),
  lettreKnown: (): DecisionProblem => ({
    code: 'decision/lettre-known',
    detail: 'Ces mêmes octets sont déjà joints à cet acte comme une lettre : mettez ce retour de côté.',
  }),
  actSettled: (etat: string): DecisionProblem => ({
    code: 'retour/act-settled',
    detail: `L'acte de ce retour n'attend plus de réponse (« ${etat} ») : il n'y a rien à reprendre. Le retour reste gardé, de côté.`,
    facts: { etat },
  }),
} as const;
