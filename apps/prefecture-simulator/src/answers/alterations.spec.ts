import { aMessage, ACTE } from '../../test/a-message';
import { anArchive } from '../../test/an-archive';
import type { Depot } from '../../test/an-archive';
import { edit } from '../../test/rejets';
import { RunningSimulator } from '../../test/running-simulator';
import type { FichierRecu } from '../../test/running-simulator';
import { ALTERATIONS } from '../scenarios/alteration';

let simulateur: RunningSimulator;
beforeEach(async () => {
  simulateur = await RunningSimulator.start();
});
afterEach(() => simulateur.stopAndForget());

/** Les retours d'un acte dont la consigne porte ces altérations. */
async function answersUnder(
  alterations: readonly string[],
  depot: Depot = {},
  reste: object = {},
): Promise<readonly (readonly FichierRecu[])[]> {
  const consigne = { scenario: 'accepter', alterations, ...reste };
  expect(await simulateur.pilote('PUT', 'scenarios/2026_014', consigne)).toBe(204);
  await simulateur.depose(await anArchive(depot));
  return simulateur.releve();
}

const OBJET = 'Main-d&#339;uvre : 100 &#8364;, d&#233;j&#224;';

describe('les encodages', () => {
  it('« utf8-sous-latin1 » : déclaré ISO-8859-1, les octets sont de l’UTF-8', async () => {
    const [[enveloppe, message] = []] = await answersUnder(['utf8-sous-latin1'], { objet: OBJET });
    for (const fichier of [enveloppe, message]) {
      expect(fichier?.texte.startsWith('<?xml version="1.0" encoding="ISO-8859-1"?>')).toBe(true);
      // Chaque fichier porte de quoi voir l'erreur, et se relit en UTF-8 sans un octet invalide.
      const relu = new TextDecoder('utf-8', { fatal: true }).decode(fichier?.octets);
      expect(relu).toContain('Réponse simulée');
    }
    expect(message?.octets.toString('utf8')).toContain('Main-dœuvre : 100 €, déjà');
    expect(message?.texte).toContain('dÃ©jÃ');
  });

  it('« windows-1252 » : déclaré tel, l’œ et l’euro y sont des octets', async () => {
    const [[, message] = []] = await answersUnder(['windows-1252'], { objet: `${OBJET} &#263;` });
    expect(message?.texte.startsWith('<?xml version="1.0" encoding="windows-1252"?>')).toBe(true);
    // Le décodeur de Node 20 lit windows-1252 comme Latin-1 : on compare donc les octets.
    const attendu = Buffer.from('Main-d\u009cuvre : 100 \u0080, d\u00e9j\u00e0 &#263;', 'latin1');
    expect(message?.octets.includes(attendu)).toBe(true);
  });
});

describe('le contenu', () => {
  it('« sans-document-papier » retire cet élément, et lui seul', async () => {
    const [[, message] = []] = await answersUnder(['sans-document-papier']);
    expect(message?.texte).not.toContain('DocumentPapier');
    expect(message?.texte).toContain('actes:Annexes actes:Nombre="0"');
  });

  it('« nature-999 » change la nature d’une anomalie, non son détail', async () => {
    const editMessage = edit('2019-08-29', '2018-11-28');
    const [[, message] = []] = await answersUnder(['nature-999'], { editMessage });
    expect(message?.texte).toContain('<actes:Nature>999</actes:Nature><actes:Detail>ODT-VERIF-01');
  });

  it('« nom-fichier-avec-chemin » met un dossier devant chaque nom ; l’archive, elle, reste à plat', async () => {
    const [[enveloppe, message] = []] = await answersUnder(['nom-fichier-avec-chemin']);
    expect(enveloppe?.texte).toContain(`<actes:NomFichier>/var/depot/sortie/${message?.nom ?? ''}<`);
    expect(message?.texte).toContain('<actes:NomFichier>/var/depot/sortie/99_DE-');
    expect(message?.nom).toBe(`${ACTE}-1-2_1.xml`);
  });

  it('« acte-inconnu » parle d’un acte que personne n’a envoyé, dans le message et dans son nom', async () => {
    const [[, message] = []] = await answersUnder(['acte-inconnu']);
    const inconnu = '034-213499908-20261120-JAMAIS_ENVOYE-DE';
    expect(message?.nom).toBe(`${inconnu}-1-2_1.xml`);
    expect(message?.texte).toContain(`actes:IDActe="${inconnu}"`);
    expect(message?.texte).toContain('actes:NumeroInterne="JAMAIS_ENVOYE"');
    // La préfecture, elle, se souvient du vrai.
    expect((await simulateur.registre()).retours[0]?.identifiantActe).toBe(ACTE);
  });

  it('« siren-errone » adresse le retour à un autre', async () => {
    const [[enveloppe, message] = []] = await answersUnder(['siren-errone']);
    expect(enveloppe?.nom).toBe('TACT--SPREF0343-999999999-20261124-1.xml');
    expect(enveloppe?.texte).toContain('<actes:Destinataire insee:SIREN="999999999"/>');
    expect(message?.texte).toContain(`actes:IDActe="${ACTE}"`);
  });
});

describe('l’archive du retour', () => {
  it('« compteur-cinq-chiffres » numérote au-delà de 9999 sans trouer la suite', async () => {
    const [[enveloppe, message] = []] = await answersUnder(['compteur-cinq-chiffres']);
    expect(message?.nom).toBe(`${ACTE}-1-2_90001.xml`);
    expect(enveloppe?.texte).toContain('_90001.xml<');
    await simulateur.depose(await anArchive({ numeroInterne: 'B', numeroEnveloppe: 2 }));
    expect((await simulateur.releve())[0]?.[1]?.nom).toMatch(/-B-DE-1-2_2\.xml$/);
  });

  it('« enveloppe-apres-message » la met en dernier', async () => {
    const [fichiers = []] = await answersUnder(['enveloppe-apres-message']);
    expect(fichiers.map(({ nom }) => nom)).toEqual([
      `${ACTE}-1-2_1.xml`,
      'TACT--SPREF0343-213499908-20261124-1.xml',
    ]);
  });

  it('« enveloppe-absente » n’en met pas', async () => {
    const [fichiers = []] = await answersUnder(['enveloppe-absente']);
    expect(fichiers.map(({ nom }) => nom)).toEqual([`${ACTE}-1-2_1.xml`]);
  });
});

describe('les contradictions', () => {
  it.each([
    ['accuse-puis-anomalie', ['1-2', '1-3']],
    ['anomalie-puis-accuse', ['1-3', '1-2']],
  ])('« %s » : %j pour le même acte, qui compte comme accusé', async (alteration, attendus) => {
    const anomalie = { nature: '006', detail: 'PREF-VERIF-42 : perdu puis retrouvé' };
    const retours = await answersUnder([alteration], {}, { anomalie });
    expect(retours.map(([, message]) => /-(1-[23])_/.exec(message?.nom ?? '')?.[1])).toEqual(attendus);
    expect(retours.flat().some(({ texte }) => texte.includes('PREF-VERIF-42'))).toBe(true);
    expect((await simulateur.registre()).archives[0]?.actes[0]?.verdict).toBe('accepte');
  });

  it('une annulation accusée puis rejetée l’est par son archive', async () => {
    await simulateur.depose(await anArchive());
    await simulateur.releve();
    const consigne = { scenario: 'accepter', flux: '6-1', alterations: ['accuse-puis-anomalie'] };
    await simulateur.pilote('PUT', `scenarios/${ACTE}`, consigne);
    await simulateur.depose(await aMessage({ flux: '6-1' }));
    const noms = (await simulateur.releve()).map((fichiers) => fichiers.at(-1)?.nom);
    expect(noms).toEqual([`${ACTE}-6-2_2.xml`, 'ANO_TACT--213499908--20261124-50.xml']);
  });

  it.each([
    ['7-2-au-lieu-de-7-3', '2019-08-29', '7-2'],
    ['7-3-au-lieu-de-7-2', '2018-11-28', '7-3'],
  ])('« %s » répond à côté', async (alteration, dateClassification, flux) => {
    const consigne = { scenario: 'accepter', alterations: [alteration] };
    await simulateur.pilote('PUT', 'scenarios/213499908', consigne);
    await simulateur.depose(await aMessage({ flux: '7-1', dateClassification }));
    const [[, message] = []] = await simulateur.releve();
    expect(message?.nom).toBe(`034-213499908----${flux}_1.xml`);
  });
});

describe('ensemble', () => {
  it('s’ajoutent, et le registre dit lesquelles ont touché quel retour', async () => {
    const alterations = ['windows-1252', 'siren-errone', 'enveloppe-apres-message'];
    const [[message, enveloppe] = []] = await answersUnder(alterations);
    expect(message?.texte).toContain('windows-1252');
    expect(enveloppe?.texte).toContain('999999999');
    expect((await simulateur.registre()).retours).toMatchObject([{ flux: '1-2', alterations }]);
  });

  it.each(ALTERATIONS)('« %s » s’applique à un courrier sans l’empêcher de partir', async (alteration) => {
    await simulateur.depose(await anArchive());
    await simulateur.releve();
    await simulateur.ordonne('POST', 'courriers', {
      identifiantActe: ACTE,
      flux: '4-1',
      alterations: [alteration],
    });
    expect(await simulateur.releve()).toHaveLength(1);
  });

  it.each([
    ['deux encodages', { scenario: 'accepter', alterations: ['utf8-sous-latin1', 'windows-1252'] }],
    [
      'deux contradictions',
      { scenario: 'accepter', alterations: ['accuse-puis-anomalie', 'anomalie-puis-accuse'] },
    ],
    ['une altération inconnue', { scenario: 'accepter', alterations: ['mouillee'] }],
    ['un silence altéré', { scenario: 'silence', alterations: ['windows-1252'] }],
    ['un flux de préfecture', { scenario: 'accepter', flux: '1-2' }],
  ])('refuse %s par 400', async (_quoi, consigne) => {
    expect(await simulateur.pilote('PUT', 'scenarios/X', consigne)).toBe(400);
  });

  it('refuse de borner le défaut à un flux', async () => {
    expect(await simulateur.pilote('PUT', 'defaut', { scenario: 'double', flux: '6-1' })).toBe(400);
    expect(await simulateur.pilote('PUT', 'defaut', { scenario: 'double' })).toBe(204);
  });
});
