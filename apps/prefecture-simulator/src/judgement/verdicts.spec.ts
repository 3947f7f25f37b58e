import { aBudget, aPng } from '@teletransmission/testkit';
import { anArchive } from '../../test/an-archive';
import type { Depot } from '../../test/an-archive';
import { edit, firstNamed, rejetsActe, rejetsEnveloppe } from '../../test/rejets';
import type { Rejet } from '../../test/rejets';
import { RunningSimulator } from '../../test/running-simulator';
import { acteRules } from './acte-rules';
import { enveloppeRules } from './enveloppe-rules';

let simulateur: RunningSimulator;
beforeEach(async () => {
  simulateur = await RunningSimulator.start();
});
afterEach(() => simulateur.stopAndForget());

const flatten = (table: Readonly<Record<string, readonly Rejet[]>>): [string, string, Rejet][] =>
  Object.entries(table).flatMap(([regle, liste]) =>
    liste.map((cas): [string, string, Rejet] => [cas.quoi, regle, cas]),
  );

describe('le jugement', () => {
  it('éprouve chaque règle de ses deux tables, et aucune autre', () => {
    expect(Object.keys(rejetsEnveloppe)).toEqual(enveloppeRules.map(({ nom }) => nom));
    expect(Object.keys(rejetsActe)).toEqual(acteRules.map(({ nom }) => nom));
  });

  it.each(flatten(rejetsEnveloppe))(
    'rejette une archive %s (%s)',
    async (_quoi, regle, { depot, nature, detail }) => {
      if (regle === 'collectivite-connue')
        await simulateur.pilote('PUT', 'collectivites/mode', { mode: 'stricte' });
      const archive = await anArchive(depot);
      expect(await simulateur.depose(archive)).toBe(201);
      const [retour] = await simulateur.retours();
      const { archives, retours } = await simulateur.registre();
      expect(archives[0]?.anomalieEnveloppe).toMatchObject({ nature, regle });
      expect(archives[0]?.actes).toEqual([]);
      expect(retours).toHaveLength(1);
      expect(retour).toMatchObject({
        type: 'application/xml',
        nom: expect.stringMatching(/^ANO_TACT--.*\.xml$/) as string,
      });
      const [fichier] = retour ? await simulateur.fichiers(retour) : [];
      expect(fichier?.texte).toContain(`<actes:Nature>${nature}</actes:Nature>`);
      expect(fichier?.texte).toContain(`<actes:Detail>${archive.nom} -&gt; `);
      expect(fichier?.texte).toMatch(detail ?? /Règle|VERIF/);
    },
  );

  it.each(flatten(rejetsActe))('rejette un acte %s (%s)', async (_quoi, regle, { depot, nature, detail }) => {
    expect(await simulateur.depose(await anArchive(depot))).toBe(201);
    const [retour] = await simulateur.retours();
    const { archives } = await simulateur.registre();
    expect(archives[0]?.actes).toMatchObject([{ verdict: 'anomalie', anomalie: { nature, regle } }]);
    const [enveloppe, message] = retour ? await simulateur.fichiers(retour) : [];
    expect(enveloppe?.nom).toMatch(/^TACT--SPREF0343-213499908-20261124-1\.xml$/);
    expect(message?.nom).toBe('034-213499908----1-3_1.xml');
    expect(message?.texte).toContain(`<actes:Nature>${nature}</actes:Nature>`);
    expect(archives[0]?.actes[0]?.anomalie?.detail).toMatch(detail ?? /Règle/);
  });

  it('rejette un acte déjà accusé, même sous une nouvelle enveloppe (deja-transmis)', async () => {
    await simulateur.depose(await anArchive());
    await simulateur.depose(await anArchive({ numeroEnveloppe: 2 }));
    await simulateur.retours();
    const { archives } = await simulateur.registre();
    expect(archives.map(({ actes }) => actes[0]?.verdict)).toEqual(['accepte', 'anomalie']);
    expect(archives[1]?.actes[0]?.anomalie).toMatchObject({ nature: '001', regle: 'deja-transmis' });
  });

  it('accepte le même numéro une autre date, sous une autre nature ou pour une autre collectivité', async () => {
    const depots: Depot[] = [
      {},
      { numeroEnveloppe: 2, dateDecision: '2026-11-19' },
      { numeroEnveloppe: 3, nature: ['2', 'AR'], types: ['99_AR', '21_RP'] },
      { siren: '213499916' },
    ];
    for (const depot of depots) await simulateur.depose(await anArchive(depot));
    await simulateur.judged();
    const { archives } = await simulateur.registre();
    expect(archives.map(({ actes }) => actes[0]?.verdict)).toEqual([
      'accepte',
      'accepte',
      'accepte',
      'accepte',
    ]);
  });

  it('reprend un acte corrigé après une anomalie : il n’avait jamais été reçu', async () => {
    await simulateur.depose(await anArchive({ editMessage: edit('2019-08-29', '2018-11-28') }));
    await simulateur.depose(await anArchive({ numeroEnveloppe: 2 }));
    await simulateur.judged();
    const { archives } = await simulateur.registre();
    expect(archives.map(({ actes }) => actes[0]?.verdict)).toEqual(['anomalie', 'accepte']);
  });

  it('en mode strict, connaît la collectivité enregistrée et rejette celle dont l’arrondissement diffère', async () => {
    await simulateur.pilote('PUT', 'collectivites/mode', { mode: 'stricte' });
    await simulateur.pilote('POST', 'collectivites', {
      siren: '213499908',
      departement: '034',
      arrondissement: '3',
    });
    await simulateur.depose(await anArchive());
    await simulateur.depose(await anArchive({ numeroEnveloppe: 2, arrondissement: '1' }));
    await simulateur.judged();
    const { archives } = await simulateur.registre();
    expect(archives[0]?.actes[0]?.verdict).toBe('accepte');
    expect(archives[1]?.anomalieEnveloppe).toMatchObject({ nature: '5', regle: 'collectivite-connue' });
  });

  it('admet, au nom du message, la date de l’enveloppe pour celle de la décision', async () => {
    await simulateur.depose(
      await anArchive({
        dateDecision: '2026-11-24',
        editMessage: edit('Date="2026-11-24"', 'Date="2026-11-20"'),
      }),
    );
    await simulateur.judged();
    expect((await simulateur.registre()).archives[0]?.actes[0]).toMatchObject({ verdict: 'accepte' });
  });

  it('admet un budget en XML, une annexe en image et une extension en capitales', async () => {
    const archive = await anArchive({
      nature: ['5', 'BF'],
      types: ['99_BU', '70_DE'],
      annexes: 1,
      editMessage: (xml) => xml.replace('_1.pdf', '_1.xml').replace('_2.pdf', '_2.PNG'),
      editFichiers: (f) => {
        f.set(firstNamed(f, /_1\.pdf$/).replace('pdf', 'xml'), aBudget());
        f.delete(firstNamed(f, /_1\.pdf$/));
        f.set(firstNamed(f, /_2\.pdf$/).replace('pdf', 'PNG'), aPng());
        f.delete(firstNamed(f, /_2\.pdf$/));
      },
    });
    await simulateur.depose(archive);
    await simulateur.judged();
    expect((await simulateur.registre()).archives[0]?.actes[0]).toMatchObject({
      verdict: 'accepte',
      anomalie: null,
    });
  });
});
