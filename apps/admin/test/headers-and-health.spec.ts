import { RunningDesk } from './running-desk';
import { aCompte, NOW } from './views';

describe('les en-têtes et la santé', () => {
  let desk: RunningDesk;
  afterEach(() => desk.close());

  it.each(['/', '/connexion', '/rien-ici', '/health/live', '/bureau.css', '/files'])(
    'protègent %s',
    async (url) => {
      desk = await RunningDesk.start();
      const cookie = await desk.signIn(aCompte());
      const { headers } = await desk.get(url, cookie);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['strict-transport-security']).toBeUndefined();
    },
  );

  it('n’admettent aucun script hors de la salle des files, et n’y admettent que les nôtres', async () => {
    desk = await RunningDesk.start();
    const cookie = await desk.signIn(aCompte());
    const policyOf = async (url: string): Promise<string> =>
      String((await desk.get(url, cookie)).headers['content-security-policy']);
    expect(await policyOf('/')).not.toMatch(/script-src|unsafe/);
    expect(await policyOf('/files')).toContain("script-src 'self'");
    expect(await policyOf('/files')).not.toMatch(/script-src[^;]*unsafe|https?:/);
    expect(await policyOf('/filesystem')).not.toContain('script-src');
  });

  it('aucune page du bureau ne demande de script, de style en ligne ni quoi que ce soit d’ailleurs', async () => {
    desk = await RunningDesk.start();
    const cookie = await desk.signIn(aCompte());
    for (const url of ['/', '/deliberations', '/retours', '/connexion', '/rien-ici']) {
      const { body } = await desk.get(url, cookie);
      expect(body).not.toMatch(/<script|<style| style="| on[a-z]+="|https?:\/\//);
    }
  });

  it('ne laissent garder aucune page par un cache', async () => {
    desk = await RunningDesk.start();
    expect((await desk.get('/', await desk.signIn(aCompte()))).headers['cache-control']).toBe('no-store');
  });

  it('la vie se dit sans session et sans encombrer le journal', async () => {
    desk = await RunningDesk.start();
    const live = await desk.get('/health/live');
    expect([live.statusCode, live.json()]).toEqual([200, { etat: 'ok' }]);
    expect(desk.log.lines).toEqual([]);
  });

  it.each([
    [() => Promise.resolve(), 200, { etat: 'ok', dependances: { base: 'ok' } }],
    [
      () => Promise.reject(new Error('muette')),
      503,
      {
        etat: 'en-panne',
        dependances: { base: 'en-panne' },
        manques: [
          {
            nom: 'base',
            code: 'health/unreachable',
            cause: 'ne répond pas, sans que la cause soit connue',
            depuis: NOW,
          },
        ],
      },
    ],
  ])('l’état de marche vérifie la base (cas %#)', async (check, status, body) => {
    desk = await RunningDesk.start({ dependencies: [{ nom: 'base', check }] });
    const ready = await desk.get('/health/ready');
    expect([ready.statusCode, ready.json()]).toEqual([status, body]);
  });

  it('les métriques se passent de session, jamais de leur jeton ; sans réglage, elles n’existent pas', async () => {
    const jetonMetriques = 'jeton-des-metriques-du-bureau';
    const withJeton = (jeton: string): Record<string, string> => ({ authorization: `Bearer ${jeton}` });
    desk = await RunningDesk.start({ jetonMetriques });
    expect((await desk.get('/metrics')).statusCode).toBe(401);
    expect((await desk.get('/metrics', await desk.signIn(aCompte()))).statusCode).toBe(401);
    const read = await desk.inject('GET', '/metrics', withJeton(jetonMetriques));
    expect([read.statusCode, read.body]).toEqual([200, '# métriques\n']);
    await desk.close();
    desk = await RunningDesk.start();
    expect((await desk.inject('GET', '/metrics', withJeton(jetonMetriques))).statusCode).toBe(404);
  });
});
