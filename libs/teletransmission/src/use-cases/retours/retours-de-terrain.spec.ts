import { InMemoryService } from '@teletransmission/testkit';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/*
 * Des retours faits d'après ce que de vrais outils produisent, gardés hors du projet : cette suite se saute, et le dit, où ils manquent.
 */
const CASES = path.join(__dirname, '../../../../../shared/reference/field-cases');
const suite = existsSync(CASES) ? describe : describe.skip;

/** Les fichiers d'un cas dont le nom finit ainsi. */
function filesOf(name: string, end: RegExp): readonly { readonly nom: string; readonly octets: Buffer }[] {
  const folder = path.join(CASES, name);
  return readdirSync(folder)
    .filter((file) => end.test(file))
    .map((nom) => ({ nom, octets: readFileSync(path.join(folder, nom)) }));
}

/** Un acte déposé et envoyé le jour que portent ces cas. */
async function awaiting(numeroInterne: string): Promise<InMemoryService> {
  const service = new InMemoryService();
  service.clock.set('2026-12-01T08:00:00.000Z');
  await service.depositReference({ numeroInterne, dateDecision: '2026-11-20' });
  await service.runJobs();
  expect(service.transmission().state).toBe('awaiting-ack');
  return service;
}

suite(`les retours de terrain${existsSync(CASES) ? '' : ' (sautés : ../shared est absent)'}`, () => {
  it.each<[string, RegExp, string, string | null]>([
    ['01-tar-pax-python', /^TACT.*gz$/, 'F01', null],
    ['03-tar-appledouble', /^TACT.*gz$/, 'F03', 'archive/compagnon'],
    ['04-tar-gnu-uid-base256-gzip-fname', /^TACT.*gz$/, 'F04', null],
    ['05-xml-iso-8859-15', /xml$/, 'F05', 'xml/encodage-inattendu'],
    ['06-xml-utf16-declare-octets-utf8', /xml$/, 'F06', 'xml/encodage-menteur'],
    ['07-xsd-date-fuseau', /F07-DE.*xml$/, 'F07', 'regle/date-fuseau'],
    ['07-xsd-date-fuseau', /F07B-DE.*xml$/, 'F07B', 'regle/date-fuseau'],
  ])('%s %s : l’accusé s’applique, remarque gardée', async (name, end, numero, remarque) => {
    const service = await awaiting(numero);
    for (const { nom, octets } of filesOf(name, end)) await service.receive('m1', nom, octets);
    expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2026-12-01' });
    const [retour] = service.ledger.retours.values();
    const regles = retour?.remarques.map(({ regle }) => regle) ?? [];
    expect(remarque === null ? regles : regles.includes(remarque)).toEqual(remarque === null ? [] : true);
  });

  it('07 : daté d’une heure, l’accusé attend, et c’est la date qui est dite illisible', async () => {
    const service = await awaiting('F07C');
    for (const { nom, octets } of filesOf('07-xsd-date-fuseau', /F07C-DE.*xml$/))
      await service.receive('m1', nom, octets);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', dateReception: null });
    expect([...service.ledger.settlements.values()]).toMatchObject([{ code: 'retour/date-illisible' }]);
  });

  it('30 : le retour sans nom est relevé lui aussi, et s’applique', async () => {
    const service = await awaiting('F30');
    for (const { octets } of filesOf('30-retour-sans-nom', /xml$/))
      service.prefecture.deliver('1', null, octets);
    expect(await service.collect.execute()).toMatchObject({ collected: 1, nameless: [{ sourceId: '1' }] });
    await service.runJobs();
    expect(service.transmission().state).toBe('acknowledged');
  });
});
