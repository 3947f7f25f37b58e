import { aCollectivite } from '@teletransmission/testkit';
import { checkCollectivite } from './collectivite-rules';

function faultsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const { id, ...description } = aCollectivite();
  const checked = checkCollectivite({ ...description, ...changes }, id);
  return checked.ok
    ? []
    : (checked.problem.violations ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('la description d’une collectivité', () => {
  it('admet tout texte que l’enveloppe peut porter', () => {
    expect(faultsOf({ referent: { nom: 'Cœur & <Ã©> 🎉', telephone: ' 04 ' } })).toEqual([]);
  });

  it.each([
    [{ nom: 'Saint-Mathieu-de-Tr\ufffdviers' }, '/nom dossier/character-refused'],
    [{ referent: { nom: 'Camille\u0007' } }, '/referent/nom dossier/character-refused'],
    [{ referent: { telephone: '04\ud83d' } }, '/referent/telephone dossier/character-refused'],
    [{ referent: { email: 'a+b@c.fr' } }, '/referent/email collectivite/email-refused'],
    [{ adressesRetour: ['a@b.fr', 'a@b.consulting'] }, '/adressesRetour/1 collectivite/email-refused'],
  ])('refuse à son pointeur ce qui arrêterait tous ses actes : %j', (changes, fault) => {
    expect(faultsOf(changes)).toEqual([fault]);
  });
});
