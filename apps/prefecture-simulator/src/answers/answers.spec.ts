import { anArchive } from '../../test/an-archive';
import type { Depot } from '../../test/an-archive';
import { RunningSimulator } from '../../test/running-simulator';
import type { FichierRecu } from '../../test/running-simulator';

let simulateur: RunningSimulator;
beforeEach(async () => {
  simulateur = await RunningSimulator.start();
});
afterEach(() => simulateur.stopAndForget());

async function answersOf(depot: Depot): Promise<readonly FichierRecu[]> {
  await simulateur.depose(await anArchive(depot));
  const retours = await simulateur.retours();
  const dernier = retours.at(-1);
  return dernier ? simulateur.fichiers(dernier) : [];
}

describe("l'accusé de réception", () => {
  it('voyage après son enveloppe, sous les noms du ministère', async () => {
    const [enveloppe, message] = await answersOf({ quadrigramme: 'EACT' });
    expect(enveloppe?.nom).toBe('EACT--SPREF0343-213499908-20261124-1.xml');
    expect(message?.nom).toBe('034-213499908-20261120-2026_014-DE-1-2_1.xml');
    expect(enveloppe?.texte).toContain(
      '<actes:IDSousPref actes:Departement="034" actes:Arrondissement="3"/>',
    );
    expect(enveloppe?.texte).toContain(`<actes:NomFichier>${message?.nom ?? ''}</actes:NomFichier>`);
    expect(enveloppe?.texte).toContain('<actes:Destinataire insee:SIREN="213499908"/>');
    const [retour] = await simulateur.retours();
    expect(retour?.nom).toBe('EACT--SPREF0343-213499908-20261124-1.tar.gz');
  });

  it('rend l’acte tel qu’il l’a reçu', async () => {
    const [, message] = await answersOf({ annexes: 1, objet: 'Été &amp; hiver : « tarifs » &lt; 10' });
    expect(message?.texte).toContain('actes:IDActe="034-213499908-20261120-2026_014-DE"');
    expect(message?.texte).toContain(
      '<actes:ActeRecu actes:Date="2026-11-20" actes:NumeroInterne="2026_014" actes:CodeNatureActe="1">' +
        '<actes:CodeMatiere1 actes:CodeMatiere="7"/><actes:CodeMatiere2 actes:CodeMatiere="10"/>' +
        '<actes:Objet>Été &amp; hiver : « tarifs » &lt; 10</actes:Objet>' +
        '<actes:ClassificationDateVersion>2019-08-29</actes:ClassificationDateVersion>' +
        '<actes:Document><actes:NomFichier>99_DE-034-213499908-20261120-2026_014-DE-1-1_1.pdf</actes:NomFichier></actes:Document>' +
        '<actes:Annexes actes:Nombre="1"><actes:Annexe><actes:NomFichier>21_RP-034-213499908-20261120-2026_014-DE-1-1_2.pdf</actes:NomFichier></actes:Annexe></actes:Annexes>' +
        '<actes:DocumentPapier>N</actes:DocumentPapier></actes:ActeRecu>',
    );
    expect(message?.texte).toContain(
      '<actes:ClassificationDateVersionEnCours>2019-08-29</actes:ClassificationDateVersionEnCours>',
    );
  });

  it('est en ISO-8859-1, et garde par référence ce que cet alphabet n’a pas', async () => {
    const [, message] = await answersOf({ objet: 'Main-d&#339;uvre : 100 &#8364;, d&#233;j&#224;' });
    expect(message?.texte.startsWith('<?xml version="1.0" encoding="ISO-8859-1"?>')).toBe(true);
    expect(message?.texte).toContain('Main-d&#339;uvre : 100 &#8364;, déjà');
    expect(message?.octets.includes(0xe9)).toBe(true);
    expect(message?.octets.includes(Buffer.from('é', 'utf8'))).toBe(false);
  });

  it('garde les traits d’union du numéro dans l’identifiant', async () => {
    const [, message] = await answersOf({ numeroInterne: '2022-10-062' });
    expect(message?.texte).toContain('actes:IDActe="034-213499908-20261120-2022-10-062-DE"');
    expect(message?.nom).toBe('034-213499908-20261120-2022-10-062-DE-1-2_1.xml');
  });

  it('garde xsi:nil et une signature, quels que soient les préfixes de l’expéditeur', async () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    const [, message] = await answersOf({
      editMessage: (xml) =>
        xml
          .replaceAll('actes:', 'ns1:')
          .replace('xmlns:actes=', 'xmlns:ns1=')
          .replace('xmlns:ns1=', `${xsi} xsi:schemaLocation="a b" xmlns:ns1=`)
          .replace(
            '</ns1:NomFichier></ns1:Document>',
            '</ns1:NomFichier><ns1:Signature><s xmlns="urn:s">MII</s></ns1:Signature></ns1:Document>',
          )
          .replace('<ns1:DocumentPapier>N</ns1:DocumentPapier>', '<ns1:DocumentPapier xsi:nil="true"/>'),
    });
    expect(message?.texte).toContain('<actes:DocumentPapier xsi:nil="true"/>');
    expect(message?.texte).toMatch(/<actes:Signature><(ns\d+):s>MII<\/\1:s><\/actes:Signature>/);
    expect(message?.texte).not.toContain('schemaLocation');
  });

  it.each([
    ['2026-11-24T22:59:59.999Z', '2026-11-24'],
    ['2026-11-24T23:00:00.000Z', '2026-11-25'],
    ['2026-12-31T23:30:00.000Z', '2027-01-01'],
    ['2027-06-30T22:00:00.000Z', '2027-07-01'],
  ])('est daté du jour de Paris : reçu à %s, c’est le %s', async (instant, jour) => {
    simulateur.clock.set(instant);
    const [enveloppe, message] = await answersOf({});
    expect(message?.texte).toContain(`actes:DateReception="${jour}"`);
    expect(enveloppe?.nom).toContain(jour.replaceAll('-', ''));
  });
});

describe('les compteurs', () => {
  it('les messages suivent une suite commune, les enveloppes une suite par service et par jour', async () => {
    const noms: (string | undefined)[][] = [];
    const depots: Depot[] = [
      { numeroInterne: 'A1' },
      { numeroInterne: 'A2', numeroEnveloppe: 2 },
      { numeroInterne: 'A3', siren: '213499916', arrondissement: '1' },
    ];
    for (const depot of depots) noms.push((await answersOf(depot)).map(({ nom }) => nom));
    simulateur.clock.advance(86_400_000);
    noms.push((await answersOf({ numeroInterne: 'A4', numeroEnveloppe: 3 })).map(({ nom }) => nom));
    expect(noms).toEqual([
      ['TACT--SPREF0343-213499908-20261124-1.xml', '034-213499908-20261120-A1-DE-1-2_1.xml'],
      ['TACT--SPREF0343-213499908-20261124-2.xml', '034-213499908-20261120-A2-DE-1-2_2.xml'],
      ['TACT--SPREF0341-213499916-20261124-1.xml', '034-213499916-20261120-A3-DE-1-2_3.xml'],
      ['TACT--SPREF0343-213499908-20261125-1.xml', '034-213499908-20261120-A4-DE-1-2_4.xml'],
    ]);
  });
});

describe("l'anomalie d'un acte illisible", () => {
  it('reprend date, numéro et nature du nom du formulaire', async () => {
    const [, message] = await answersOf({ editMessage: () => 'rien' });
    expect(message?.texte).toContain(
      'actes:Date="2026-11-20" actes:NumeroInterne="2026_014" actes:CodeNatureActe="1"',
    );
  });

  it('garde ce qui se lit d’un acte invalide', async () => {
    const [, message] = await answersOf({ objet: 'x'.repeat(600), annexes: 1 });
    expect(message?.texte).toContain(`<actes:Objet>${'x'.repeat(500)}</actes:Objet>`);
    expect(message?.texte).toContain('21_RP-034-213499908-20261120-2026_014-DE-1-1_2.pdf');
  });
});

describe("l'anomalie d'une enveloppe", () => {
  it('répète l’enveloppe reçue quand elle est valide', async () => {
    const [fichier] = await answersOf({ editFichiers: (f) => f.delete([...f.keys()][1] ?? '') });
    expect(fichier?.texte).toContain('<actes:Nom>Service des assemblées</actes:Nom>');
    expect(fichier?.texte).toContain('actes:Arrondissement="3"');
  });

  it('dit au moins le SIREN quand rien ne se lit', async () => {
    await simulateur.depose({ nom: 'XYZ-TACT--213499908--20261124-9.tar.gz', octets: Buffer.from('rien') });
    const [retour] = await simulateur.retours();
    const [fichier] = retour ? await simulateur.fichiers(retour) : [];
    expect(fichier?.nom).toBe('ANO_TACT--213499908--20261124-9.xml');
    expect(fichier?.texte).toContain('insee:SIREN="213499908"');
  });
});
