import { checkVote, isAdopted } from './vote';

const vote = (changes: Partial<Parameters<typeof isAdopted>[0]> = {}): Parameters<typeof isAdopted>[0] => ({
  votants: 24,
  pour: 24,
  contre: 0,
  abstentions: 0,
  blancs: 0,
  nuls: 0,
  voixPreponderante: false,
  ...changes,
});

describe('un vote', () => {
  it('est adopté quand les pour l’emportent sur les contre, abstentions à part', () => {
    expect(isAdopted(vote({ pour: 3, contre: 2, abstentions: 19 }))).toBe(true);
    expect(isAdopted(vote({ pour: 2, contre: 3, abstentions: 19 }))).toBe(false);
  });

  it('à égalité, n’est adopté que si la voix du président départage', () => {
    expect(isAdopted(vote({ pour: 12, contre: 12 }))).toBe(false);
    expect(isAdopted(vote({ pour: 12, contre: 12, voixPreponderante: true }))).toBe(true);
  });

  it('sans aucun suffrage exprimé, n’est pas adopté, voix prépondérante ou non', () => {
    expect(isAdopted(vote({ pour: 0, contre: 0, abstentions: 24, voixPreponderante: true }))).toBe(false);
  });

  it('montre les deux côtés d’une égalité manquée', () => {
    const [fault] = checkVote(vote({ votants: 25 }));
    expect(fault).toMatchObject({ pointer: '/vote/votants', code: 'vote/unbalanced' });
    expect(fault?.detail).toContain('25 votants');
    expect(fault?.detail).toContain('= 24');
  });

  it('dit ensemble qu’il ne s’équilibre pas et qu’il n’est pas adopté', () => {
    expect(checkVote(vote({ votants: 25, pour: 1, contre: 23 })).map((fault) => fault.code)).toEqual([
      'vote/unbalanced',
      'vote/not-adopted',
    ]);
  });

  it('accepte le vote de référence', () => {
    expect(checkVote(vote())).toEqual([]);
  });
});
