import { aMessage, ACTE } from '../../test/a-message';
import { anArchive } from '../../test/an-archive';
import { RunningSimulator } from '../../test/running-simulator';

let simulateur: RunningSimulator;
afterEach(() => simulateur.stopAndForget());

interface Vue {
  readonly statut: number;
  readonly texte: string;
  readonly vers: string | null;
  readonly cookie: string | null;
}

async function look(chemin: string, init: RequestInit = {}): Promise<Vue> {
  const reponse = await fetch(`${simulateur.url}${chemin}`, { redirect: 'manual', ...init });
  return {
    statut: reponse.status,
    texte: await reponse.text(),
    vers: reponse.headers.get('location'),
    cookie: reponse.headers.get('set-cookie'),
  };
}

const submit = (action: string, champs: readonly [string, string][], headers = {}): Promise<Vue> =>
  look(`/page/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(champs.map((champ) => [...champ])).toString(),
  });

describe('la page', () => {
  beforeEach(async () => {
    simulateur = await RunningSimulator.start();
  });

  it('vide, dit que rien n’est arrivé', async () => {
    const { statut, texte } = await look('/');
    expect(statut).toBe(200);
    expect(texte).toContain('<html lang="fr">');
    expect(texte).toContain('Rien n’est encore arrivé.');
    expect(texte).toContain('24/11/2026 10:00');
  });

  it('montre ce qui est arrivé, son verdict, ce qui attend et ce qui est relevé', async () => {
    await simulateur.depose(await anArchive());
    await simulateur.depose(await anArchive({ numeroInterne: 'F', numeroEnveloppe: 2, nature: ['9', 'DE'] }));
    await simulateur.releve();
    await simulateur.ordonne('POST', 'courriers', { identifiantActe: ACTE, flux: '3-1' });
    await simulateur.depose(await aMessage({ flux: '3-2' }));
    await simulateur.judged();
    const { texte } = await look('/');
    for (const attendu of [
      'XYZ-TACT--213499908--20261124-1.tar.gz',
      '✓ accepté',
      '✗ anomalie',
      '✓ relevé',
      '● à relever',
      '3-2 reçu',
    ]) {
      expect(texte).toContain(attendu);
    }
  });

  it('échappe ce qui vient d’ailleurs', async () => {
    await submit('scenario', [
      ['cle', '<script>alert("x")</script>'],
      ['scenario', 'silence'],
    ]);
    const { texte } = await look('/');
    expect(texte).not.toContain('<script');
    expect(texte).toContain('&lt;script>alert(&quot;x&quot;)');
  });

  it('interdit tout ce qui n’est pas elle, et ne porte aucun script', async () => {
    const reponse = await fetch(simulateur.url);
    const regle = reponse.headers.get('content-security-policy') ?? '';
    expect(regle).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/);
    expect(await reponse.text()).not.toMatch(/<script|<link|<img|https?:\/\//);
  });

  it('donne à chaque champ une étiquette', async () => {
    const { texte } = await look('/');
    const champs = [...texte.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)].filter(
      ([balise]) => !balise.includes('type="hidden"'),
    );
    const etiquetes = [...texte.matchAll(/<label[\s>][\s\S]*?<\/label>/g)].join('');
    expect(champs.length).toBeGreaterThan(20);
    expect(champs.filter(([balise]) => !etiquetes.includes(balise))).toEqual([]);
  });

  it('envoie un courrier, pose et retire une consigne, change le défaut', async () => {
    await simulateur.depose(await anArchive());
    await simulateur.judged();
    const courrier = await submit('courrier', [
      ['identifiantActe', ACTE],
      ['flux', '5-1'],
      ['dateCourrierPref', ''],
      ['texte', ' '],
      ['documents', '2'],
      ['alterations', 'windows-1252'],
      ['alterations', 'siren-errone'],
    ]);
    expect([courrier.statut, courrier.vers]).toEqual([303, '/?fait=courrier']);
    expect((await look('/?fait=courrier')).texte).toContain('Le courrier est parti');
    await submit('scenario', [
      ['cle', 'B'],
      ['scenario', 'anomalie'],
      ['delaiS', '2'],
      ['nature', '003'],
    ]);
    await submit('defaut', [['scenario', 'double']]);
    const registre = await simulateur.registre();
    expect(registre.courriers).toMatchObject([{ flux: '5-1', dateCourrierPref: '2026-11-24' }]);
    expect(registre.retours.at(-1)?.alterations).toEqual(['windows-1252', 'siren-errone']);
    expect(registre.defaut).toEqual({ scenario: 'double' });
    expect(registre.scenarios).toMatchObject([
      { cle: 'B', consigne: { scenario: 'anomalie', delaiMs: 2000, anomalie: { nature: '003' } } },
    ]);
    await submit('scenario-retire', [['cle', 'B']]);
    expect((await simulateur.registre()).scenarios).toEqual([]);
  });

  it('bouge l’horloge et publie une classification', async () => {
    await submit('horloge', [['avancer', 'P2M']]);
    await submit('classification', [['dateVersion', '2026-12-01']]);
    const { texte } = await look('/');
    expect(texte).toContain('24/01/2027 10:00');
    expect(texte).toContain('Classification du 01/12/2026');
    await submit('horloge-vraie', []);
    expect((await look('/')).texte).toContain('24/11/2026 10:00');
  });

  it('dit toutes les fautes d’un formulaire, et ne fait rien', async () => {
    const { statut, texte } = await submit('courrier', [
      ['flux', '3-1'],
      ['documents', '4'],
      ['dateCourrierPref', '2026-02-30'],
    ]);
    expect(statut).toBe(400);
    expect(texte).toContain('role="alert"');
    for (const champ of ['/identifiantActe', '/dateCourrierPref']) expect(texte).toContain(champ);
    const inconnu = await submit('courrier', [
      ['identifiantActe', ACTE],
      ['flux', '3-1'],
    ]);
    expect([inconnu.statut, (await simulateur.registre()).courriers]).toEqual([400, []]);
  });

  it('refuse une action inconnue, ou demandée par un autre site', async () => {
    expect((await submit('tout-effacer', [])).statut).toBe(403);
    const ailleurs = await submit('horloge', [['avancer', 'P2M']], { 'sec-fetch-site': 'cross-site' });
    expect(ailleurs.statut).toBe(403);
    expect((await simulateur.registre()).horloge).toEqual({ ecartMs: 0 });
  });
});

describe('la page sous jeton', () => {
  const jeton = 'un-jeton-assez-long';
  beforeEach(async () => {
    simulateur = await RunningSimulator.start({ jeton });
  });

  it('ne montre que la porte, et n’obéit pas', async () => {
    const { statut, texte } = await look('/');
    expect(statut).toBe(401);
    expect(texte).toContain('Jeton du simulateur');
    expect(texte).not.toContain('Archives reçues');
    expect((await submit('horloge', [['avancer', 'P2M']])).statut).toBe(401);
    expect((await submit('entrer', [['jeton', 'un-autre-jeton']])).cookie).toBeNull();
    expect((await simulateur.registre()).horloge).toEqual({ ecartMs: 0 });
  });

  it('s’ouvre au jeton, sans le confier au cookie, et se referme', async () => {
    const entree = await submit('entrer', [['jeton', jeton]]);
    expect([entree.statut, entree.vers]).toEqual([303, '/']);
    expect(entree.cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(entree.cookie).not.toContain(jeton);
    const cookie = entree.cookie?.split(';')[0] ?? '';
    expect((await look('/', { headers: { cookie } })).texte).toContain('Archives reçues');
    expect((await submit('horloge', [['avancer', 'P2M']], { cookie })).statut).toBe(303);
    expect((await submit('sortir', [], { cookie })).cookie).toContain('Max-Age=0');
    expect((await look('/', { headers: { cookie: `${cookie}0` } })).statut).toBe(401);
  });
});
