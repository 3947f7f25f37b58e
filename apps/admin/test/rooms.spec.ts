import { pageText, linksOf } from './page-text';
import { RunningDesk } from './running-desk';
import {
  aCompte,
  aDeliberationView,
  anEntry,
  aPiece,
  aRetour,
  at,
  CORTE,
  empreinteOf,
  newId,
  SAINT_MATHIEU,
} from './views';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

const corte = { id: CORTE, siren: '212000962', nom: 'Corte', fuseau: 'Europe/Paris' };

describe('les salles du bureau', () => {
  let desk: RunningDesk;
  let cookie: string;
  beforeEach(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte());
  });
  afterEach(() => desk.close());

  it('l’accueil compte ce que les lectures comptent', async () => {
    desk.readings.dossiers.push(
      { view: aDeliberationView({ transmission: { state: 'held' } }) },
      { view: aDeliberationView({ transmission: { isOverdue: true } }) },
      { view: aDeliberationView() },
    );
    desk.readings.trayRetours.push(aRetour(), aRetour({ state: 'unreadable' }));
    const html = (await desk.get('/', cookie)).body;
    expect(html).toContain('aria-label="Retenues : 1"');
    expect(html).toContain('aria-label="AR en retard : 1"');
    expect(html).toContain('aria-label="Retours non rattachés : 2"');
  });

  it('chaque lien de l’accueil mène quelque part', async () => {
    desk.readings.dossiers.push({ view: aDeliberationView({ transmission: { state: 'rejected' } }) });
    desk.readings.trayRetours.push(aRetour());
    const links = linksOf((await desk.get('/', cookie)).body).filter((href) => href.startsWith('/'));
    for (const href of new Set(links))
      expect([href, (await desk.get(href, cookie)).statusCode]).toEqual([href, 200]);
  });

  it('la liste filtre par état, par retard, par mots et par collectivité', async () => {
    const held = aDeliberationView({ objet: 'Budget primitif', transmission: { state: 'held' } });
    const late = aDeliberationView({ objet: 'Tarifs de la cantine', transmission: { isOverdue: true } });
    const other = aDeliberationView({ objet: 'Cession d’un terrain', collectivite: corte });
    desk.readings.dossiers.push({ view: held }, { view: late }, { view: other });
    const found = async (query: string): Promise<readonly string[]> =>
      linksOf((await desk.get(`/deliberations${query}`, cookie)).body).filter((href) =>
        href.startsWith('/deliberations/'),
      );
    expect(await found('')).toHaveLength(3);
    expect(await found('?etat=held')).toEqual([`/deliberations/${held.id}`]);
    expect(await found('?retard=oui')).toEqual([`/deliberations/${late.id}`]);
    expect(await found('?mots=cantine')).toEqual([`/deliberations/${late.id}`]);
    expect(await found('?siren=212000962')).toEqual([`/deliberations/${other.id}`]);
  });

  it('la liste se parcourt par pages, du premier au dernier, sans répéter ni oublier', async () => {
    const views = Array.from({ length: 120 }, () => aDeliberationView({ transmission: { state: 'held' } }));
    desk.readings.dossiers.push(...views.map((view) => ({ view })));
    const seen: string[] = [];
    let href: string | undefined = '/deliberations?etat=held';
    while (href !== undefined) {
      const links = linksOf((await desk.get(href, cookie)).body);
      seen.push(...links.filter((link) => link.startsWith('/deliberations/')));
      href = links.find((link) => link.includes('apres='));
    }
    expect(seen).toEqual(views.map(({ id }) => `/deliberations/${id}`).reverse());
  });

  it.each([
    ['/deliberations?etat=perdue', 'L’état « perdue » n’existe pas.'],
    ['/deliberations?apres=faux', "Ce curseur n'a pas été donné par ce service."],
    ['/retours?apres=faux', "Ce curseur n'a pas été donné par ce service."],
  ])('%s est refusé par 400 avec son explication', async (url, detail) => {
    const answer = await desk.get(url, cookie);
    expect([answer.statusCode, pageText(answer.body).includes(detail)]).toEqual([400, true]);
  });

  it('la page d’une délibération réunit tout son dossier', async () => {
    const view = aDeliberationView();
    const history = Array.from({ length: 450 }, (_, index) =>
      anEntry({ rang: index + 1, evenement: `e${index + 1}` }),
    );
    desk.readings.dossiers.push({ view, history, pieces: [aPiece()] });
    const text = pageText((await desk.get(`/deliberations/${view.id}`, cookie)).body);
    for (const part of [view.identifiantActe, 'e1 ', 'e450 ', 'délibération 62.pdf'])
      expect(text).toContain(part);
    expect(text).not.toContain('seul le début');
  });

  it.each(['pas-un-uuid', '0190ffff-0000-7000-8000-000000000000', '%00'])(
    'une délibération inconnue (%s) est une page 404 en français',
    async (id) => {
      const answer = await desk.get(`/deliberations/${id}`, cookie);
      expect(answer.statusCode).toBe(404);
      expect(pageText(answer.body)).toContain('Délibération inconnue');
    },
  );

  it('une adresse inconnue est une page 404 en français, dans le bandeau du compte', async () => {
    const answer = await desk.get('/rien-ici', cookie);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(pageText(answer.body)).toContain('Page introuvable');
    expect(pageText(answer.body)).toContain('Claire Vidal');
  });

  it('une adresse mal écrite est refusée sans détail technique', async () => {
    const answer = await desk.get('/deliberations/%zz', cookie);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toMatch(/FST_|at \w+ \(|node_modules/);
  });

  it('un défaut montre une référence, pas sa cause ; le journal les lie', async () => {
    desk.readings.counts = () => Promise.reject(new Error('SELECT secret FROM jetons'));
    const answer = await desk.get('/', cookie);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/SELECT|jetons|at \w+ \(/);
    const [fault] = desk.log.lines.filter(({ level }) => level === 'error');
    expect(answer.body).toContain(fault?.fields.traceId ?? 'absente');
  });

  it('une base muette à l’entrée est une page 500 en français', async () => {
    desk.sessions.find = () => Promise.reject(new Error('ECONNREFUSED'));
    const answer = await desk.get('/', cookie);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'text/html; charset=utf-8']);
    expect(answer.body).not.toContain('ECONNREFUSED');
  });

  it('le bac montre ce qui attend, du plus ancien au plus récent, et donne chaque fichier tel quel', async () => {
    const retour = aRetour({ detail: 'Acte inconnu ici.' });
    desk.readings.trayRetours.push(retour, aRetour({ state: 'received', nom: 'a-lire.tar.gz' }));
    desk.documents.keepAs(retour.empreinte, Buffer.alloc(retour.tailleOctets, 1));
    const page = (await desk.get('/retours', cookie)).body;
    expect(pageText(page)).toContain('Acte inconnu ici.');
    expect(pageText(page)).not.toContain('a-lire.tar.gz');
    const file = await desk.get(`/retours/${retour.id}/fichier`, cookie);
    expect([file.statusCode, file.rawPayload.length]).toEqual([200, retour.tailleOctets]);
  });

  it('la page d’un retour dit pourquoi il attend et ce que sa lecture a remarqué', async () => {
    const retour = aRetour({
      detail: 'Acte inconnu ici.',
      remarques: [
        { regle: 'xml/encodage-inattendu', detail: 'Le fichier est en UTF-16.', fichier: 'a.xml' },
        { regle: 'xml/valeur-invalide', detail: 'Un numéro à tirets.', fichier: 'a.xml', ligne: 3 },
      ],
    });
    desk.readings.trayRetours.push(retour);
    expect((await desk.get('/retours', cookie)).body).toContain(`href="/retours/${retour.id}"`);
    const page = await desk.get(`/retours/${retour.id}`, cookie);
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const text = pageText(page.body);
    for (const said of [
      'Acte inconnu ici.',
      'Le fichier est en UTF-16.',
      'a.xml, ligne 3',
      'xml/valeur-invalide',
    ])
      expect(text).toContain(said);
    expect(page.body).toContain(`href="/retours/${retour.id}/fichier"`);
    expect((await desk.get(`/retours/${newId()}`, cookie)).statusCode).toBe(404);
  });

  it('la salle des retours nomme ceux qui ne se relèvent pas, leur raison et le prochain essai', async () => {
    const common = {
      liaisonId: LIAISON_DIRECTE,
      source: 'directe',
      premierEchecLe: at('2026-11-24T08:00:00Z'),
      dernierEchecLe: at('2026-11-24T09:00:00Z'),
      echecs: 7,
      code: 'prefecture/unexpected-answer',
      prochaineLe: at('2026-11-24T11:00:00Z'),
    };
    desk.ledger.releves.push(
      {
        ...common,
        id: newId(),
        cle: 'identité 12',
        sourceId: '12',
        nom: 'a.xml',
        extrait: null,
        detail: 'HTTP 404.',
      },
      {
        ...common,
        id: newId(),
        cle: 'entrée x',
        sourceId: null,
        nom: null,
        extrait: '{"nom":"<b>"}',
        detail: 'Sans identité.',
      },
    );
    const page = await desk.get('/retours', cookie);
    const text = pageText(page.body);
    for (const said of ['a.xml', 'identité 12', 'HTTP 404.', 'Sans identité.', 'sans nom', 'depuis 2 h'])
      expect(text).toContain(said);
    expect(page.body).not.toContain('<b>');
  });

  it('le bac vide le dit', async () => {
    expect(pageText((await desk.get('/retours', cookie)).body)).toContain('Rien : tous les retours');
  });

  it('un travail mène à sa délibération par sa transmission, un retour ou elle-même', async () => {
    const view = aDeliberationView();
    const retour = aRetour();
    desk.readings.dossiers.push({ view, retours: [retour] });
    for (const cible of [view.id, view.transmission.id, retour.id]) {
      const answer = await desk.get(`/travaux/submit-enveloppe/${cible}`, cookie);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `/deliberations/${view.id}`]);
    }
    expect((await desk.get(`/travaux/apply-retour/${newId()}`, cookie)).statusCode).toBe(404);
  });

  it('ne journalise ni objet ni recherche', async () => {
    await desk.get('/deliberations?mots=secret-de-famille', cookie);
    expect(JSON.stringify(desk.log.lines)).not.toContain('secret-de-famille');
    expect(desk.log.lines.at(-1)).toMatchObject({
      message: 'demande servie',
      fields: { route: '/deliberations', status: 200 },
    });
  });

  describe('pour un compte d’une seule collectivité', () => {
    const mine = aDeliberationView({ objet: 'La mienne', transmission: { state: 'held' } });
    const theirs = aDeliberationView({
      objet: 'La leur',
      collectivite: corte,
      transmission: { state: 'held' },
    });
    let scoped: string;
    beforeEach(async () => {
      desk.readings.dossiers.push({ view: mine, pieces: [aPiece()] }, { view: theirs, pieces: [aPiece()] });
      desk.documents.keepAs(empreinteOf('a'), Buffer.alloc(263_412));
      scoped = await desk.signIn(aCompte({ nom: 'Secrétariat', collectiviteId: SAINT_MATHIEU }));
    });

    it('compte et liste les siennes seulement, même en demandant une autre', async () => {
      expect((await desk.get('/', scoped)).body).toContain('aria-label="Retenues : 1"');
      expect(pageText((await desk.get('/deliberations', scoped)).body)).not.toContain('La leur');
      expect(pageText((await desk.get('/deliberations?siren=212000962', scoped)).body)).toContain(
        'Aucune délibération',
      );
    });

    it('ne propose pas les autres collectivités au filtre', async () => {
      expect((await desk.get('/deliberations', scoped)).body).not.toContain('Corte');
    });

    it.each(['', '/pieces/0', '/archive', `/retours/${newId()}`])(
      'celle d’une autre n’existe pas (%s)',
      async (rest) => {
        const [hidden, unknown] = [
          await desk.get(`/deliberations/${theirs.id}${rest}`, scoped),
          await desk.get(`/deliberations/0190ffff-0000-7000-8000-000000000000${rest}`, scoped),
        ];
        expect(hidden.statusCode).toBe(404);
        expect(hidden.body.replaceAll(theirs.id, '')).toBe(
          unknown.body.replaceAll('0190ffff-0000-7000-8000-000000000000', ''),
        );
      },
    );

    it('la sienne se voit, pièces comprises, sans ses travaux', async () => {
      expect((await desk.get(`/deliberations/${mine.id}`, scoped)).body).not.toContain('id="travaux"');
      expect((await desk.get(`/deliberations/${mine.id}/pieces/0`, scoped)).statusCode).toBe(200);
    });

    it.each([
      '/retours',
      '/files',
      '/files/api/queues',
      `/travaux/submit-enveloppe/${mine.transmission.id}`,
      `/retours/${newId()}`,
      `/retours/${newId()}/fichier`,
    ])('%s lui est refusé', async (url) => {
      const answer = await desk.get(url, scoped);
      expect(answer.statusCode).toBe(403);
      expect(pageText(answer.body)).toContain('Ce compte ne vaut pas pour cette collectivité');
    });
  });

  it('un auditeur voit le bac, pas les files', async () => {
    const auditeur = await desk.signIn(aCompte({ nom: 'Auditeur', role: 'auditeur' }));
    expect((await desk.get('/retours', auditeur)).statusCode).toBe(200);
    expect((await desk.get('/files', auditeur)).statusCode).toBe(403);
    expect((await desk.get(`/travaux/seal-enveloppe/${newId()}`, auditeur)).statusCode).toBe(403);
  });

  it('dit l’âge d’une pile à l’heure qu’il est', async () => {
    desk.readings.dossiers.push({
      view: aDeliberationView({ transmission: { state: 'held', since: at('2026-11-24T08:00:00Z') } }),
    });
    expect(pageText((await desk.get('/', cookie)).body)).toContain('Retenues 1 depuis 2 h');
  });
});
