import type { AlerteView, CollectiviteId, Role } from '@teletransmission/teletransmission';
import { GRAVITES } from '@teletransmission/teletransmission';
import { linksOf, pageText } from './page-text';
import { RunningDesk } from './running-desk';
import { aCompte, at, CORTE, newId, SAINT_MATHIEU } from './views';

describe('les alertes au bureau', () => {
  let desk: RunningDesk;
  let cookie: string;
  beforeEach(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte());
  });
  afterEach(() => desk.close());

  const put = (over: Partial<AlerteView>, collectiviteId = SAINT_MATHIEU): AlerteView => {
    const genre = over.genre ?? 'accuse-en-retard';
    const alerte: AlerteView = {
      id: newId(),
      genre,
      gravite: GRAVITES[genre],
      sujet: 'transmission',
      sujetId: newId(),
      deliberationId: newId(),
      identifiantActe: '034-213402761-20261105-2026_11_062-DE',
      objet: 'Tarifs de la cantine',
      collectivite: { siren: '213402761', nom: 'Saint-Mathieu-de-Tréviers' },
      depuis: at('2026-11-24T08:00:00Z'),
      ouverteLe: at('2026-11-24T08:30:00Z'),
      detail: 'Aucun accusé de réception à l’échéance.',
      ...over,
    };
    desk.alertes.open.push({ ...alerte, collectiviteId });
    return alerte;
  };

  it('sont dites d’abord à l’accueil, chacune avec sa raison et son chemin, et se taisent sans cause', async () => {
    expect(pageText((await desk.get('/', cookie)).body)).not.toContain('Ce qui vous demande');
    const late = put({});
    const uncertain = put({ genre: 'envoi-incertain', objet: 'Budget primitif' });
    const lettre = put({ genre: 'courrier-echu', sujet: 'correspondance' });
    const { body } = await desk.get('/', cookie);
    const text = pageText(body);
    expect(text).toContain('Ce qui vous demande ‼ Maintenant Envoi incertain : Budget primitif');
    expect(text).toContain('Aucun accusé de réception à l’échéance. depuis 2 h , Saint-Mathieu-de-Tréviers');
    expect(text.indexOf('Budget primitif')).toBeLessThan(text.indexOf('! Aujourd’hui'));
    expect(linksOf(body)).toEqual(
      expect.arrayContaining([
        `/deliberations/${late.deliberationId ?? ''}`,
        `/deliberations/${uncertain.deliberationId ?? ''}`,
        `/courriers/${lettre.sujetId}`,
      ]),
    );
  });

  it('disent qu’aucun travailleur n’est en marche, bien que personne ne puisse plus l’écrire en base', async () => {
    await desk.pouls.gone('travailleur');
    const text = pageText((await desk.get('/', cookie)).body);
    expect(text).toContain('Aucun travailleur en marche');
    expect(text).toContain('ce qui est déposé est gardé');
  });

  it('disent que la surveillance ne se fait plus', async () => {
    await desk.pouls.succeeded('raise-alertes', at('2026-11-24T09:00:00Z'));
    expect(pageText((await desk.get('/alertes', cookie)).body)).toContain('La surveillance ne se fait plus');
  });

  it('ne montrent à un compte d’une collectivité que les siennes, et rien du service', async () => {
    put({ objet: 'La mienne' });
    put({ objet: 'La leur' }, CORTE);
    await desk.pouls.gone('travailleur');
    const scoped = await desk.signIn(aCompte({ nom: 'Secrétariat', collectiviteId: SAINT_MATHIEU }));
    const text = pageText((await desk.get('/alertes', scoped)).body);
    expect(text).toContain('La mienne');
    expect(text).not.toContain('La leur');
    expect(text).not.toContain('travailleur en marche');
  });

  it('ne mènent personne à une porte close : chaque lien s’ouvre à qui le lit', async () => {
    const orphan = { deliberationId: null, identifiantActe: null, objet: null, collectivite: null };
    put({ ...orphan, genre: 'retour-non-applique', sujet: 'retour' });
    put({ ...orphan, genre: 'retour-au-bac', sujet: 'retour', depuis: at('2026-11-24T08:30:00Z') });
    put({ ...orphan, genre: 'releve-absente', sujet: 'service', sujetId: 'collect-retours' });
    const hrefsFor = async (
      role: Role,
      collectiviteId: CollectiviteId | null,
    ): Promise<readonly string[]> => {
      const who = await desk.signIn(aCompte({ nom: role, role, collectiviteId }));
      const { body } = await desk.get('/alertes', who);
      const hrefs = [...body.matchAll(/<a href="([^"]+)"><strong>/g)].map(([, href = '']) => href);
      for (const href of hrefs) expect([href, (await desk.get(href, who)).statusCode]).toEqual([href, 200]);
      return hrefs.map((href) => href.replace(/#.*/, ''));
    };
    expect(await hrefsFor('operateur', null)).toEqual(['/files', '/files', '/retours']);
    expect(await hrefsFor('auditeur', null)).toEqual(['/alertes', '/alertes', '/retours']);
    expect(await hrefsFor('auditeur', SAINT_MATHIEU)).toEqual(['/alertes', '/alertes', '/alertes']);
  });

  it('se parcourent toutes, page après page', async () => {
    for (let n = 0; n < 120; n += 1) put({});
    expect(linksOf((await desk.get('/', cookie)).body)).toContain('/alertes');
    let seen = 0;
    let href: string | undefined = '/alertes';
    while (href !== undefined) {
      const { body } = await desk.get(href, cookie);
      seen += body.split('<li class="carte').length - 1;
      href = linksOf(body).find((link) => link.includes('apres='));
    }
    expect(seen).toBe(120);
    expect((await desk.get('/alertes?apres=faux', cookie)).statusCode).toBe(400);
  });
});
