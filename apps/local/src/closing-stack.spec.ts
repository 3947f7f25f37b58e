import { ClosingStack } from './closing-stack';

describe('La pile de fermeture', () => {
  it('ferme dans l’ordre inverse de l’ouverture, une seule fois', async () => {
    const closed: string[] = [];
    const stack = new ClosingStack();
    stack.push({ close: () => void closed.push('base') });
    stack.push({ close: () => Promise.resolve(void closed.push('travailleur')) });
    await stack.close();
    await stack.close();
    expect(closed).toEqual(['travailleur', 'base']);
  });

  it('ferme tout même si une fermeture échoue, et rend la première erreur', async () => {
    const closed: string[] = [];
    const stack = new ClosingStack();
    stack.push({ close: () => void closed.push('base') });
    stack.push({ close: () => Promise.reject(new Error('Redis ne répond pas')) });
    await expect(stack.close()).rejects.toThrow('Redis ne répond pas');
    expect(closed).toEqual(['base']);
  });

  it('tue aussi ce dont la fermeture traîne encore', () => {
    const killed: string[] = [];
    const stack = new ClosingStack();
    stack.push({ close: () => undefined, kill: () => void killed.push('base') });
    stack.push({ close: () => new Promise(() => undefined), kill: () => void killed.push('travailleur') });
    void stack.close();
    stack.killAll();
    expect(killed).toEqual(['travailleur', 'base']);
  });
});
