import type { Violation } from '@teletransmission/kernel';

/** Le résultat d'un vote. `votants` compte présents et représentés qui prennent part (CGCT L2121-20). */
export interface Vote {
  readonly votants: number;
  readonly pour: number;
  readonly contre: number;
  readonly abstentions: number;
  readonly blancs: number;
  readonly nuls: number;
  /** La voix du président a départagé (jamais au scrutin secret, L2121-20). */
  readonly voixPreponderante: boolean;
}

/** Adoptée à la majorité absolue des suffrages exprimés : les abstentions, blancs et nuls n'en sont pas (CGCT L2121-20). */
export function isAdopted(vote: Vote): boolean {
  return vote.pour > vote.contre || (vote.pour === vote.contre && vote.pour > 0 && vote.voixPreponderante);
}

/** Les fautes d'un vote : l'arithmétique d'abord, l'adoption ensuite. Chaque égalité manquée montre ses deux côtés. */
export function checkVote(vote: Vote): readonly Violation[] {
  const { votants, pour, contre, abstentions, blancs, nuls } = vote;
  const compte = pour + contre + abstentions + blancs + nuls;
  const violations: Violation[] = [];
  if (compte !== votants) {
    violations.push({
      pointer: '/vote/votants',
      code: 'vote/unbalanced',
      detail: `${votants} votants, mais ${pour} pour + ${contre} contre + ${abstentions} abstentions + ${blancs} blancs + ${nuls} nuls = ${compte}. Corrigez l'un des deux.`,
    });
  }
  if (!isAdopted(vote)) {
    violations.push({
      pointer: '/vote',
      code: 'vote/not-adopted',
      detail:
        pour === contre
          ? `Partage des voix (${pour} pour, ${contre} contre) : indiquez « voixPreponderante » si le président a départagé, sinon la délibération est rejetée et ne se transmet pas.`
          : `${pour} pour, ${contre} contre : la délibération n'est pas adoptée et ne se transmet pas.`,
    });
  }
  return violations;
}
