import type { Problem, Violation } from '@teletransmission/kernel';
import { firstViolations } from '@teletransmission/kernel';

/** L'arrêt d'un acte refusé par une liaison qui brûle les numéros. */
export const NUMBER_BURNT = 'liaison/number-burnt';

/** Les refus qui tiennent aux liaisons. */
export const LIAISON_PROBLEM_CODES = [
  'liaison/unknown',
  'liaison/invalid',
  'liaison/closed',
  'liaison/date-refused',
  'liaison/none',
  'liaison/depot-refused',
  NUMBER_BURNT,
] as const;

type LiaisonProblem = Problem & { readonly code: (typeof LIAISON_PROBLEM_CODES)[number] };

/** Un constructeur par refus ; chacun dit quoi faire. */
export const liaisonProblems = {
  unknownLiaison: (): LiaisonProblem => ({
    code: 'liaison/unknown',
    detail: 'Aucune liaison ne s’appelle ainsi. « liaison lister » les montre toutes.',
  }),
  invalidLiaison: (violations: readonly Violation[]): LiaisonProblem => ({
    code: 'liaison/invalid',
    detail: 'La description de cette liaison est à corriger. Rien n’a été enregistré.',
    violations: firstViolations(violations),
  }),
  closedLiaison: (id: string): LiaisonProblem => ({
    code: 'liaison/closed',
    detail: `La liaison « ${id} » est fermée : plus aucune collectivité ne s’y relie.`,
    facts: { liaison: id },
  }),
  bindingDateRefused: (depuis: string): LiaisonProblem => ({
    code: 'liaison/date-refused',
    detail: `Une collectivité se relie à partir de maintenant, ou d’ici cinq ans : ${depuis} n’en est pas. Ce qui est déjà parti est parti par l’ancienne liaison.`,
    facts: { depuis },
  }),
  unboundCollectivite: (): LiaisonProblem => ({
    code: 'liaison/none',
    detail:
      'Cette collectivité n’est reliée à aucune liaison : reliez-la (« collectivite relier »), puis remettez l’acte en file.',
  }),
  depotRefused: (nom: string, violations: readonly Violation[]): LiaisonProblem => ({
    code: 'liaison/depot-refused',
    detail: `${nom} ne prendrait pas cet acte. ${violations.map(({ detail }) => detail).join(' ')} Corrigez-le.`,
    violations: firstViolations(violations),
  }),
  /** @param detail ce que l'arrêt de l'acte en dit déjà. */
  numberBurnt: (detail: string): LiaisonProblem => ({ code: NUMBER_BURNT, detail }),
} as const;
