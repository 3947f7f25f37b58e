import { aMessage, ACTE } from '../../test/a-message';
import { anArchive } from '../../test/an-archive';
import { edit } from '../../test/rejets';
import { anOfficialSchema, hasOfficialSchema } from '../../test/official-schema';
import { pagesOf } from '../../test/pages-of';
import { RunningSimulator } from '../../test/running-simulator';
import type { FichierRecu } from '../../test/running-simulator';
import { civilDay } from '../clock/civil-day';

if (!hasOfficialSchema)
  process.stderr.write('Schéma officiel absent : la relecture des échanges est sautée.\n');

let faults: (octets: Buffer) => readonly string[] = () => [];
let simulateur: RunningSimulator;
beforeAll(async () => {
  if (!hasOfficialSchema) return;
  const officiel = await anOfficialSchema();
  faults = (octets) => officiel.faults(octets);
});
beforeEach(async () => {
  simulateur = await RunningSimulator.start();
  await simulateur.depose(await anArchive());
  await simulateur.releve();
});
afterEach(() => simulateur.stopAndForget());

/** Relève l'unique retour attendu, et exige que tout XML y suive le schéma officiel. */
async function onlyRetour(): Promise<readonly FichierRecu[]> {
  const lus = await simulateur.releve();
  expect(lus).toHaveLength(1);
  const fichiers = lus[0] ?? [];
  const xml = fichiers.filter(({ nom }) => nom.endsWith('.xml'));
  expect(xml.flatMap(({ octets }) => faults(octets))).toEqual([]);
  return fichiers;
}

const write = (flux: string, reste: object = {}): Promise<{ readonly documents: readonly string[] }> =>
  simulateur.ordonne('POST', 'courriers', { identifiantActe: ACTE, flux, ...reste });

describe('les courriers de la préfecture', () => {
  it.each([
    ['2-1', 'CourrierSimple'],
    ['3-1', 'DemandePieceComplementaire'],
    ['4-1', 'LettreObservations'],
  ])('un %s est un %s dans son enveloppe, avec son document', async (flux, racine) => {
    await write(flux, { dateCourrierPref: '2026-11-10', texte: 'Où est le plan ? Dès que possible.' });
    const [enveloppe, message, document] = await onlyRetour();
    expect(enveloppe?.nom).toBe('TACT--SPREF0343-213499908-20261124-2.xml');
    expect(message?.nom).toBe(`${ACTE}-${flux}_3.xml`);
    expect(document?.nom).toBe(`${ACTE}-${flux}_2.pdf`);
    expect(message?.texte).toContain(
      `<actes:${racine} xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216"`,
    );
    expect(message?.texte).toContain(`actes:IDActe="${ACTE}" actes:DateCourrierPref="2026-11-10"`);
    expect(message?.texte).toContain(`<actes:NomFichier>${document?.nom ?? ''}</actes:NomFichier>`);
    if (flux !== '2-1') expect(message?.texte).toContain('Où est le plan ? Dès que possible.');
    expect(document?.texte).toMatch(/^%PDF-1\.7[\s\S]*%%EOF$/);
    expect((await pagesOf(document?.octets ?? Buffer.alloc(0))).join()).toContain(
      'Où est le plan ? Dès que possible.',
    );
  });

  it.each([0, 1, 3])('un déféré 5-1 porte %i pièce(s)', async (documents) => {
    await write('5-1', { documents });
    const [, message, ...pieces] = await onlyRetour();
    expect(pieces).toHaveLength(documents);
    expect(message?.texte).toContain('<actes:DateDepot>2026-11-24</actes:DateDepot>');
    for (const { nom } of pieces) expect(message?.texte).toContain(`<actes:NomFichier>${nom}<`);
  });

  it('se suivent sur le même acte, et même sur un acte annulé : le registre le note', async () => {
    await write('3-1');
    await write('3-1', { dateCourrierPref: '2026-11-25' });
    await simulateur.depose(await aMessage({ flux: '6-1' }));
    await simulateur.judged();
    await write('4-1');
    const { courriers } = await simulateur.registre();
    expect(courriers.map(({ flux, surActeAnnule }) => [flux, surActeAnnule])).toEqual([
      ['3-1', false],
      ['3-1', false],
      ['4-1', true],
    ]);
    expect(await simulateur.releve()).toHaveLength(4);
  });

  it('sont refusés pour un acte jamais accusé, un flux de collectivité ou un nombre de documents impossible', async () => {
    const poster = (corps: object): Promise<number> => simulateur.pilote('POST', 'courriers', corps);
    expect(await poster({ identifiantActe: '034-213499908-20261120-RIEN-DE', flux: '3-1' })).toBe(404);
    expect(await poster({ identifiantActe: ACTE, flux: '3-4' })).toBe(400);
    expect(await poster({ identifiantActe: ACTE, flux: '3-1', documents: 2 })).toBe(400);
    expect(await poster({ identifiantActe: ACTE, flux: '3-1', dateCourrierPref: '2026-02-30' })).toBe(400);
    expect((await simulateur.registre()).courriers).toEqual([]);
  });

  it('peuvent être retenus', async () => {
    await write('2-1', { delaiMs: 60_000 });
    expect(await simulateur.releve()).toEqual([]);
    simulateur.clock.advance(60_000);
    await onlyRetour();
  });

  it('partent en foule pendant que des actes arrivent, sans qu’un compteur serve deux fois', async () => {
    const depots = Array.from({ length: 8 }, async (_, n) =>
      simulateur.depose(await anArchive({ numeroEnveloppe: n + 2, numeroInterne: `F${n}` })),
    );
    await Promise.all([...depots, ...Array.from({ length: 8 }, () => write('5-1', { documents: 2 }))]);
    await simulateur.judged();
    const noms = (await simulateur.releve()).flat().map(({ nom }) => nom);
    expect(new Set(noms).size).toBe(noms.length);
    const compteurs = noms.flatMap((nom) => /_(\d+)\.(?:xml|pdf)$/.exec(nom)?.[1] ?? []);
    expect(new Set(compteurs).size).toBe(compteurs.length);
  });
});

describe('les réponses de la collectivité', () => {
  it.each([
    ['3-1', '3-3', '3-5', 'ARPieceComplementaire'],
    ['3-1', '3-4', '3-5', 'ARPieceComplementaire'],
    ['4-1', '4-3', '4-5', 'ARReponseRejetLettreObservations'],
    ['4-1', '4-4', '4-5', 'ARReponseRejetLettreObservations'],
  ])('au %s, un %s reçoit un %s', async (courrier, reponse, accuse, racine) => {
    await write(courrier, { dateCourrierPref: '2026-11-10' });
    await simulateur.releve();
    simulateur.clock.advance(2 * 86_400_000);
    const documents = reponse === '3-4' ? 3 : 1;
    await simulateur.depose(await aMessage({ flux: reponse, dateCourrierPref: '2026-11-10', documents }));
    const [enveloppe, message] = await onlyRetour();
    expect(enveloppe?.nom).toMatch(/^TACT--SPREF0343-213499908-20261126-1\.xml$/);
    expect(message?.nom).toMatch(new RegExp(`^${ACTE}-${accuse}_\\d+\\.xml$`));
    expect(message?.texte).toMatch(new RegExp(`<actes:${racine} [^>]*actes:DateReception="2026-11-26">`));
    expect(message?.texte).toContain(
      `<actes:InfosCourrierPref actes:IDActe="${ACTE}" actes:DateCourrierPref="2026-11-10"/>`,
    );
  });

  it.each([
    ['2-1', '2-2'],
    ['3-1', '3-2'],
    ['4-1', '4-2'],
  ])('au %s, un %s ne reçoit rien, et le registre le garde', async (courrier, reponse) => {
    await write(courrier);
    await simulateur.releve();
    const archive = await aMessage({ flux: reponse });
    await simulateur.depose(archive);
    expect(await simulateur.releve()).toEqual([]);
    expect((await simulateur.registre()).courriers[0]?.reponses).toEqual([
      {
        flux: reponse,
        siren: '213499908',
        archive: archive.nom,
        recueLe: '2026-11-24T09:00:00.000Z',
        verdict: 'accepte',
      },
    ]);
  });

  it('un 6-1 reçoit un 6-2, qui retire l’acte ; l’acte n’en est pas transmissible pour autant', async () => {
    await simulateur.depose(await aMessage({ flux: '6-1' }));
    const [, message] = await onlyRetour();
    expect(message?.nom).toMatch(new RegExp(`^${ACTE}-6-2_\\d+\\.xml$`));
    expect(message?.texte).toContain(`actes:IDActe="${ACTE}" actes:DateReception="2026-11-24"`);
    await simulateur.depose(await anArchive({ numeroEnveloppe: 2 }));
    await simulateur.judged();
    expect((await simulateur.registre()).archives.at(-1)?.actes[0]?.anomalie?.regle).toBe('deja-transmis');
  });
});

describe('la classification', () => {
  it('entière (7-2) à qui n’en détient aucune ou une autre ; « sans changement » (7-3) à qui est à jour', async () => {
    const vus: (string | undefined)[] = [];
    for (const [rang, dateClassification] of ['', '2018-11-28', '2019-08-29'].entries()) {
      await simulateur.depose(
        await aMessage({ flux: '7-1', dateClassification, numeroEnveloppe: 60 + rang }),
      );
      const [enveloppe, message] = await onlyRetour();
      expect(enveloppe?.nom).toMatch(/^TACT--PREF034-213499908-20261124-\d+\.xml$/);
      expect(message?.texte).toContain('<actes:DateClassification>2019-08-29</actes:DateClassification>');
      vus.push(message?.nom.replace(/_\d+\.xml$/, ''));
    }
    expect(vus).toEqual(['034-213499908----7-2', '034-213499908----7-2', '034-213499908----7-3']);
  });

  it('donne neuf matières, cinquante-sept sous-matières, des niveaux 3 et 4, six natures et leurs pièces', async () => {
    await simulateur.depose(await aMessage({ flux: '7-1', dateClassification: '' }));
    const [, message] = await onlyRetour();
    const count = (element: string): number => message?.texte.split(`<actes:${element} `).length ?? 0;
    expect([count('Matiere1'), count('Matiere2'), count('NatureActe')].map((n) => n - 1)).toEqual([9, 57, 6]);
    expect(count('TypePJNatureActe') - 1).toBe(18 + 9 + 36 + 47 + 3 + 2);
    expect([count('Matiere3'), count('Matiere4')].every((n) => n > 1)).toBe(true);
    expect(message?.texte).toContain("Actes relatifs à la maîtrise d'&#339;uvre");
  });

  it('publiée à une nouvelle date, rend les actes en vol périmés (002) et les suivants valides', async () => {
    expect(await simulateur.pilote('PUT', 'classification', { dateVersion: '2026-11-01' })).toBe(204);
    await simulateur.depose(await anArchive({ numeroInterne: 'VOL', numeroEnveloppe: 2 }));
    const [, anomalie] = await onlyRetour();
    expect(anomalie?.texte).toContain('<actes:Nature>002</actes:Nature>');
    expect(anomalie?.texte).toContain('ODT-VERIF-01');
    expect(anomalie?.texte).toContain('VersionEnCours>2026-11-01<');
    await simulateur.restart();
    const editMessage = edit('2019-08-29', '2026-11-01');
    await simulateur.depose(await anArchive({ numeroInterne: 'VOL', numeroEnveloppe: 3, editMessage }));
    await simulateur.judged();
    expect((await simulateur.registre()).archives.at(-1)?.actes[0]?.verdict).toBe('accepte');
    expect((await simulateur.registre()).classificationDateVersion).toBe('2026-11-01');
  });

  it('part sans demande à qui l’on veut, sous la date que l’on veut', async () => {
    await simulateur.ordonne('POST', 'classification/envois', {
      siren: '213499908',
      dateVersion: '2026-12-01',
    });
    const [enveloppe, message] = await onlyRetour();
    expect(enveloppe?.texte).toContain('<actes:IDPref actes:Departement="034"/>');
    expect(message?.texte).toContain('<actes:DateClassification>2026-12-01<');
    expect((await simulateur.registre()).classificationsEnvoyees).toMatchObject([
      { siren: '213499908', dateVersion: '2026-12-01' },
    ]);
    const inconnu = { siren: '213499916' };
    expect(await simulateur.pilote('POST', 'classification/envois', inconnu)).toBe(404);
    expect(await simulateur.pilote('POST', 'classification/envois', { ...inconnu, departement: '02A' })).toBe(
      201,
    );
  });
});

describe('une anomalie de nature 999', () => {
  it('n’a que ce défaut devant le schéma officiel', async () => {
    await simulateur.depose(await aMessage({ flux: '6-1', identifiantActe: ACTE.replace('014', '015') }));
    const [[ano] = []] = await simulateur.releve();
    if (!ano) throw new Error('On attendait une anomalie.');
    expect(ano.texte).toContain('<actes:Nature>999</actes:Nature>');
    expect(faults(Buffer.from(ano.texte.replace('>999<', '>100<'), 'latin1'))).toEqual([]);
  });
});

describe("l'horloge", () => {
  it('avance de deux mois en un instant, et toutes les dates la suivent, à travers un redémarrage', async () => {
    const vue = await simulateur.ordonne<{ maintenant: string }>('PUT', 'horloge', { avancer: 'P2M' });
    expect(vue.maintenant).toBe('2027-01-24T09:00:00.000Z');
    await simulateur.restart();
    await write('2-1');
    const [enveloppe, message] = await onlyRetour();
    expect(enveloppe?.nom).toContain('-20270124-1.xml');
    expect(message?.texte).toContain('actes:DateCourrierPref="2027-01-24"');
    expect(await simulateur.pilote('DELETE', 'horloge')).toBe(204);
    expect((await simulateur.registre()).horloge).toEqual({ ecartMs: 0 });
  });

  it('rend disponible ce qu’un délai retenait', async () => {
    await simulateur.pilote('PUT', 'scenarios/R', { scenario: 'retard', delaiMs: 40 * 86_400_000 });
    await simulateur.depose(await anArchive({ numeroInterne: 'R', numeroEnveloppe: 2 }));
    expect(await simulateur.releve()).toEqual([]);
    await simulateur.ordonne('PUT', 'horloge', { instant: '2027-01-05T08:00:00+01:00' });
    expect(civilDay((await horloge()).maintenant)).toBe('2027-01-05');
    await onlyRetour();
  });

  it.each([
    {},
    { instant: 'demain' },
    { avancer: 'P' },
    { avancer: '2 mois' },
    { instant: '2027-01-05T08:00:00Z', avancer: 'P1D' },
  ])('refuse %j par 400', async (corps) => {
    expect(await simulateur.pilote('PUT', 'horloge', corps)).toBe(400);
  });

  const horloge = async (): Promise<{ readonly maintenant: Parameters<typeof civilDay>[0] }> =>
    (await (await simulateur.fetch('/pilotage/horloge')).json()) as {
      maintenant: Parameters<typeof civilDay>[0];
    };
});
