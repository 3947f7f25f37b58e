import { pendingEntryOf } from './pending-entry';

const LONG = 'x'.repeat(201);

describe('une entrée de la liste', () => {
  it.each<[string, unknown, string, string | null]>([
    ['ordinaire', { id: 'r-1', nom: 'a.xml' }, 'r-1', 'a.xml'],
    ['numérotée', { id: 12, nom: 'a.xml' }, '12', 'a.xml'],
    ['à l’identité étrange', { id: 'é/../ ?#%', nom: 'a.xml' }, 'é/../ ?#%', 'a.xml'],
    ['sans nom', { id: '1' }, '1', null],
    ['au nom vide', { id: '1', nom: '' }, '1', null],
    ['au nom blanc', { id: '1', nom: ' \t' }, '1', null],
    ['au nom qui n’est pas un texte', { id: '1', nom: { a: 1 } }, '1', null],
    ['au nom trop long', { id: '1', nom: 'n'.repeat(256) }, '1', null],
    ['au nom à caractère de contrôle', { id: '1', nom: 'a\u0000.xml' }, '1', null],
    ['au nom qui change de sens', { id: '1', nom: 'a\u202elmx.xml' }, '1', null],
  ])('%s se demande', (_, brut, sourceId, nom) => {
    expect(pendingEntryOf(brut)).toEqual({ kind: 'retour', sourceId, nom });
  });

  it.each<[string, unknown, string]>([
    ['sans identité', { nom: 'a.xml' }, 'sans identité'],
    ['à l’identité vide', { id: '', nom: 'a.xml' }, 'sans identité'],
    ['à l’identité nulle', { id: null }, 'sans identité'],
    ['à l’identité composée', { id: ['1'] }, 'ni un texte ni un nombre'],
    ['au nombre qui ne s’écrit pas', { id: 1.5 }, 'ni un texte ni un nombre'],
    ['à l’identité trop longue', { id: LONG }, 'plus de 200 caractères'],
    ['qui remonterait d’un dossier', { id: '..' }, 'ne se met pas dans une adresse'],
    ['à l’identité de contrôle', { id: 'a\u0000b' }, 'ne se met pas dans une adresse'],
    ['à la demi-lettre', { id: 'a\ud800' }, 'ne se met pas dans une adresse'],
    ['qui n’est pas un objet', 'retour', 'sans identité'],
    ['qui n’est rien', null, 'sans identité'],
  ])('%s ne se demande pas, et le dit', (_, brut, why) => {
    const entry = pendingEntryOf(brut);
    if (entry.kind !== 'unusable') throw new Error('elle se demande');
    expect(entry.detail).toContain(why);
    expect(entry.empreinte).toMatch(/^[0-9a-f]{64}$/);
    expect(entry.extrait).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(entry.extrait.length).toBeLessThanOrEqual(300);
  });

  it('se reconnaît d’une relève à l’autre, et ne se confond pas avec une autre', () => {
    const empreinteOf = (brut: unknown): unknown =>
      (pendingEntryOf(brut) as { empreinte?: string }).empreinte;
    expect(empreinteOf({ nom: 'a' })).toBe(empreinteOf({ nom: 'a' }));
    expect(empreinteOf({ nom: 'a' })).not.toBe(empreinteOf({ nom: 'b' }));
  });
});
