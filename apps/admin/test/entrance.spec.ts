import { RunningDesk } from './running-desk';
import { linksOf, pageText } from './page-text';
import { aCompte } from './views';

describe('l’entrée du bureau', () => {
  let desk: RunningDesk;
  beforeEach(async () => {
    desk = await RunningDesk.start();
  });
  afterEach(() => desk.close());

  it.each([
    ['/', '/connexion'],
    ['/deliberations?etat=held', '/connexion?suite=%2Fdeliberations%3Fetat%3Dheld'],
    ['/deliberations/0190', '/connexion?suite=%2Fdeliberations%2F0190'],
    ['/retours', '/connexion?suite=%2Fretours'],
    ['/travaux/submit-enveloppe/x', '/connexion?suite=%2Ftravaux%2Fsubmit-enveloppe%2Fx'],
    ['/files', '/connexion'],
    ['/files/', '/connexion'],
    ['/files/api/queues', '/connexion'],
    ['/files/static/js/main.js', '/connexion'],
    ['/rien-ici', '/connexion?suite=%2Frien-ici'],
    ['/CONNEXION', '/connexion?suite=%2FCONNEXION'],
  ])('sans session, %s mène à %s', async (url, location) => {
    const answer = await desk.get(url);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, location]);
  });

  it('n’ouvre pas avec un témoin inventé', async () => {
    expect((await desk.get('/', 'bureau=invente')).statusCode).toBe(303);
  });

  it('laisse entrer avec un jeton, ramène là où l’on allait, puis laisse sortir', async () => {
    desk.welcome(aCompte({ nom: 'Claire Vidal' }), 'bon-jeton');
    const entered = await desk.post('/connexion', { jeton: 'bon-jeton', suite: '/deliberations?etat=held' });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/deliberations?etat=held']);
    expect(String(entered.headers['set-cookie'])).toMatch(
      /^bureau=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    const home = await desk.get('/', cookie);
    expect(home.statusCode).toBe(200);
    expect(pageText(home.body)).toContain('Claire Vidal (opérateur)');

    const left = await desk.post('/deconnexion', {}, { 'sec-fetch-site': 'same-origin', cookie });
    expect([left.statusCode, left.headers.location]).toEqual([303, '/connexion']);
    expect((await desk.get('/', cookie)).statusCode).toBe(303);
  });

  it('ne ramène jamais hors du bureau', async () => {
    desk.welcome(aCompte(), 'bon-jeton');
    const entered = await desk.post('/connexion', { jeton: 'bon-jeton', suite: '//ailleurs.example' });
    expect(entered.headers.location).toBe('/');
  });

  it('ferme la session d’avant quand on se connecte de nouveau', async () => {
    const cookie = await desk.signIn(aCompte({ nom: 'Claire' }), 'jeton-de-Claire');
    await desk.post('/connexion', { jeton: 'jeton-de-Claire' }, { 'sec-fetch-site': 'same-origin', cookie });
    expect((await desk.get('/', cookie)).statusCode).toBe(303);
    expect(desk.sessions.held.size).toBe(1);
  });

  it.each(['inconnu', 'jeton-deposant', ''])('refuse « %s » par 401 et la même page', async (jeton) => {
    desk.welcome(aCompte({ role: 'deposant' }), 'jeton-deposant');
    const [refused, other] = [
      await desk.post('/connexion', { jeton }),
      await desk.post('/connexion', { jeton: 'autre' }),
    ];
    expect(refused.statusCode).toBe(401);
    expect(refused.body).toBe(other.body);
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(pageText(refused.body)).toContain('Ce jeton n’ouvre pas le bureau.');
  });

  it('refuse un formulaire sans jeton comme un jeton inconnu', async () => {
    expect((await desk.post('/connexion', {})).statusCode).toBe(401);
    expect((await desk.inject('POST', '/connexion', { 'sec-fetch-site': 'same-origin' })).statusCode).toBe(
      401,
    );
  });

  it('ne refuse jamais un jeton valable pour les échecs de sa voisine d’adresse', async () => {
    desk.welcome(aCompte(), 'bon-jeton');
    for (let turn = 0; turn < 40; turn += 1) await desk.post('/connexion', { jeton: 'faux' });
    expect((await desk.post('/connexion', { jeton: 'bon-jeton' })).statusCode).toBe(303);
    // Sa réussite n'efface pas les échecs : l'essai manqué suivant est encore de trop.
    const refused = await desk.post('/connexion', { jeton: 'faux' });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '900']);
    expect(pageText(refused.body)).toContain('un jeton valable, lui, ouvre toujours le bureau');
    desk.clock.advance(15 * 60_000);
    expect((await desk.post('/connexion', { jeton: 'faux' })).statusCode).toBe(401);
  });

  it('compte pour quarante les quarante essais qu’on lance ensemble', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => desk.post('/connexion', { jeton: `faux-${n}` })),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect([401, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([5, 35]);
  });

  const from = async (one: RunningDesk, forwarded: string): Promise<number> => {
    const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': forwarded };
    return (await one.post('/connexion', { jeton: 'faux' }, headers)).statusCode;
  };

  it('ne croit pas l’adresse que le demandeur se donne', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push(await from(desk, `198.51.100.${n}`));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('croit un mandataire de confiance sur l’adresse qu’il a vue, et elle seule', async () => {
    const behind = await RunningDesk.start({ confiance: ['loopback'] });
    // Le mandataire ajoute l'adresse vraie à la fin ; ce qui précède vient du demandeur.
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push(await from(behind, `198.51.100.${n}, 203.0.113.7`));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await from(behind, '203.0.113.8')).toBe(401);
    await behind.close();
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://ailleurs.example', host: 'bureau.local' }],
    [{}],
  ])('refuse un formulaire venu d’ailleurs (%j)', async (headers) => {
    desk.welcome(aCompte(), 'bon-jeton');
    const answer = await desk.post('/connexion', { jeton: 'bon-jeton' }, headers);
    expect(answer.statusCode).toBe(403);
    expect(pageText(answer.body)).toContain('ne vient pas d’une page du bureau');
    expect(desk.sessions.held.size).toBe(0);
  });

  it('ne garde ni ne journalise jamais un jeton', async () => {
    desk.welcome(aCompte(), 'bon-jeton');
    await desk.post('/connexion', { jeton: 'bon-jeton' });
    await desk.post('/connexion', { jeton: 'mauvais-jeton' });
    const kept = JSON.stringify([desk.log.lines, [...desk.sessions.held]]);
    expect(kept.replaceAll('empreinte(bon-jeton)', '')).not.toMatch(/(bon|mauvais)-jeton/);
  });

  it('ne voyage que chiffré derrière HTTPS', async () => {
    const secure = await RunningDesk.start({ cookieSecurise: true });
    const cookie = await secure.signIn(aCompte());
    expect(cookie).toMatch(/^__Host-bureau=/);
    expect((await secure.get('/', cookie)).statusCode).toBe(200);
    await secure.close();
  });

  it('sert sans session la page de connexion et ce qu’il lui faut, et rien d’autre', async () => {
    const form = await desk.get('/connexion?suite=%2Fretours');
    expect(form.statusCode).toBe(200);
    expect(form.body).toContain('<input type="hidden" name="suite" value="/retours"');
    const css = /href="(\/bureau\.css[^"]*)"/.exec(form.body)?.[1] ?? '';
    const style = await desk.get(css);
    expect([style.statusCode, style.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect(style.headers['cache-control']).toContain('immutable');
    expect((await desk.get('/favicon.svg')).headers['content-type']).toBe('image/svg+xml');
    expect(linksOf(form.body)).toEqual(['#contenu', '/']);
  });
});
