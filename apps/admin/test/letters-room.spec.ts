import type { CorrespondanceState } from '@teletransmission/teletransmission';
import { civilDate } from '@teletransmission/kernel';
import { linksOf, pageText } from './page-text';
import { RunningDesk } from './running-desk';
import {
  aCompte,
  aCourrierView,
  aDeliberationView,
  aLettreOf,
  anEntry,
  at,
  CORTE,
  empreinteOf,
  newId,
  SAINT_MATHIEU,
} from './views';

const corte = { id: CORTE, siren: '212000962', nom: 'Corte', fuseau: 'Europe/Paris' };

describe('la salle des courriers', () => {
  let desk: RunningDesk;
  let cookie: string;
  beforeEach(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte({ role: 'auditeur' }));
  });
  afterEach(() => desk.close());

  const put = (view: ReturnType<typeof aCourrierView>): void => {
    desk.courriers.stored.push({ view, lettre: aLettreOf(view) });
  };
  const lettersOf = async (url: string): Promise<readonly string[]> =>
    linksOf((await desk.get(url, cookie)).body).filter((href) => /^\/courriers\/./.test(href));

  it('vide, elle le dit', async () => {
    expect(pageText((await desk.get('/courriers', cookie)).body)).toContain('Rien : aucun courrier');
  });

  it('range les lettres par urgence, avec les jours qui restent, dits indicatifs', async () => {
    const later = aCourrierView({ echeance: civilDate('2027-01-14') });
    const late = aCourrierView({ echeance: civilDate('2026-11-21') });
    const answered = aCourrierView({ state: 'answered', echeance: civilDate('2026-11-20') });
    [answered, later, late].forEach(put);
    expect(await lettersOf('/courriers')).toEqual(
      [late, later, answered].map(({ id }) => `/courriers/${id}`),
    );
    const text = pageText((await desk.get('/courriers', cookie)).body);
    expect(text).toContain('samedi 21 novembre 2026 (indicatif) ! passée depuis 3 jours');
    expect(text).toContain('jeudi 14 janvier 2027 (indicatif) dans 51 jours');
    // Répondue, elle n'a plus rien à attendre.
    expect(text).toContain('vendredi 20 novembre 2026 (indicatif) ✓');
  });

  it.each([
    ['held', false, ['/reponse/reprise', '/reponse/retrait']],
    ['rejected', false, ['/reponse/reprise', '/reponse/retrait']],
    ['uncertain', false, ['/reponse/constat']],
    ['awaiting-ack', true, ['/reponse/constat']],
    ['awaiting-ack', false, []],
  ] as const)(
    'une réponse %s (en retard : %s) dit par où l’on en sort : %j',
    async (state, isOverdue, ways) => {
      const view = aCourrierView();
      desk.courriers.stored.push({
        view,
        lettre: aLettreOf(view),
        reponses: [
          {
            transmissionId: newId(),
            flux: '3-4',
            state,
            since: at('2026-11-20T08:00:00.000Z'),
            isOverdue,
            ackDueAt: null,
            nextTurnAt: null,
            stopReason: null,
            pieces: [],
          },
        ],
      });
      const text = pageText((await desk.get(`/courriers/${view.id}`, cookie)).body);
      for (const way of ['/reponse/reprise', '/reponse/retrait', '/reponse/constat'])
        expect({ way, said: text.includes(way) }).toEqual({ way, said: ways.some((one) => one === way) });
    },
  );

  it.each([
    ['2-1', 'received', true],
    ['2-1', 'filed', false],
    ['3-1', 'received', false],
  ] as const)('%s, %s : se classe sans suite, %s', async (flux, state, isFileable) => {
    const view = aCourrierView({ flux, state });
    put(view);
    const text = pageText((await desk.get(`/courriers/${view.id}`, cookie)).body);
    expect(text.includes('/classement')).toBe(isFileable);
  });

  it('filtre par état et par collectivité, et son adresse est la vue', async () => {
    const received = aCourrierView();
    const noted = aCourrierView({ state: 'noted', flux: '5-1', echeance: null });
    const other = aCourrierView({ collectivite: corte });
    [received, noted, other].forEach(put);
    expect(await lettersOf('/courriers?etat=noted')).toEqual([`/courriers/${noted.id}`]);
    expect(await lettersOf('/courriers?siren=212000962')).toEqual([`/courriers/${other.id}`]);
    expect((await desk.get('/courriers?etat=noted', cookie)).body).toContain('value="noted" selected');
  });

  it.each([
    ['/courriers?etat=perdue', 'L’état « perdue » n’existe pas.'],
    ['/courriers?siren=12', 'Un SIREN compte neuf chiffres'],
    ['/courriers?apres=faux', "Ce curseur n'a pas été donné par ce service."],
  ])('%s est refusé par 400 avec son explication', async (url, detail) => {
    const answer = await desk.get(url, cookie);
    expect([answer.statusCode, pageText(answer.body).includes(detail)]).toEqual([400, true]);
  });

  it('se parcourt par pages, sans répéter ni oublier', async () => {
    const views = Array.from({ length: 120 }, () => aCourrierView());
    views.forEach(put);
    const seen: string[] = [];
    let href: string | undefined = '/courriers?etat=received';
    while (href !== undefined) {
      const links = linksOf((await desk.get(href, cookie)).body);
      seen.push(...links.filter((link) => /^\/courriers\/./.test(link)));
      href = links.find((link) => link.includes('apres='));
    }
    expect(seen).toEqual(views.map(({ id }) => `/courriers/${id}`));
  });

  it('montre d’une lettre son texte, ses réponses permises, ses documents, ses envois et son fil', async () => {
    const view = aCourrierView();
    desk.courriers.stored.push({
      view,
      lettre: aLettreOf(view),
      source: { nom: 'TACT--1.tar.gz', empreinte: empreinteOf('f'), tailleOctets: 10 },
      reponses: [
        {
          transmissionId: newId(),
          flux: '3-2',
          state: 'delivered',
          since: at('2026-11-14T09:05:00Z'),
          isOverdue: false,
          ackDueAt: null,
          nextTurnAt: null,
          stopReason: null,
          pieces: [],
        },
      ],
      history: [
        anEntry({ sujet: 'correspondance', evenement: 'courrier-received', etatApres: 'received' }),
        anEntry({ evenement: 'deposited', preuve: { flux: '3-2' } }),
      ],
    });
    const { body } = await desk.get(`/courriers/${view.id}`, cookie);
    const text = pageText(body);
    for (const part of [
      'Demande de pièces complémentaires (3-1)',
      'Merci d’envoyer la convention signée.',
      'Envoyer les pièces (3-4) : un document ou plusieurs',
      'Refuser les pièces (3-3) : un document',
      '⇥ Remise',
      'Courrier de la préfecture',
      'À traiter',
      'Message préparé : ',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Délibération déposée');
    expect(linksOf(body)).toEqual(
      expect.arrayContaining([
        `/courriers/${view.id}/documents/0`,
        `/courriers/${view.id}/archive`,
        `/deliberations/${view.deliberation.id}`,
      ]),
    );
  });

  it.each<[CorrespondanceState, string]>([
    ['answering', 'sera close à l’accusé'],
    ['answered', 'Rien à faire'],
    ['noted', 'service juridique'],
  ])('d’une lettre %s, ne propose plus de réponse et dit pourquoi', async (state, phrase) => {
    const view = aCourrierView({ state });
    put(view);
    const text = pageText((await desk.get(`/courriers/${view.id}`, cookie)).body);
    expect(text).toContain(phrase);
    expect(text).not.toContain('Réponses permises');
  });

  it('donne les documents à enregistrer, jamais à ouvrir', async () => {
    const view = aCourrierView();
    put(view);
    desk.documents.keepAs(empreinteOf('e'), Buffer.from('<script>mal'.padEnd(12)));
    const answer = await desk.get(`/courriers/${view.id}/documents/0`, cookie);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="lettre.pdf"/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect((await desk.get(`/courriers/${view.id}/documents/1`, cookie)).statusCode).toBe(404);
  });

  it('se mène depuis la page de l’acte, et y mène', async () => {
    const acte = aDeliberationView();
    const view = aCourrierView({
      deliberation: { id: acte.id as never, numeroInterne: acte.numeroInterne, objet: acte.objet },
    });
    desk.readings.dossiers.push({ view: acte });
    put(view);
    const page = (await desk.get(`/deliberations/${acte.id}`, cookie)).body;
    expect(linksOf(page)).toContain(`/courriers/${view.id}`);
    expect(linksOf((await desk.get(`/courriers/${view.id}`, cookie)).body)).toContain(
      `/deliberations/${acte.id}`,
    );
  });

  it('se compte à l’accueil, avec l’échéance la plus proche', async () => {
    put(aCourrierView());
    put(aCourrierView({ echeance: civilDate('2026-12-31') }));
    put(aCourrierView({ state: 'answered' }));
    const { body } = await desk.get('/', cookie);
    expect(body).toContain('aria-label="Courriers à répondre : 2"');
    expect(pageText(body)).toContain('échéance la plus proche : jeudi 31 décembre 2026 (indicatif)');
  });

  it('ne montre à un compte d’une collectivité que les siennes', async () => {
    const mine = aCourrierView();
    const theirs = aCourrierView({ collectivite: corte });
    [mine, theirs].forEach(put);
    const scoped = await desk.signIn(aCompte({ nom: 'Secrétariat', collectiviteId: SAINT_MATHIEU }));
    const { body } = await desk.get('/courriers', scoped);
    expect(linksOf(body)).toContain(`/courriers/${mine.id}`);
    expect(linksOf(body)).not.toContain(`/courriers/${theirs.id}`);
    expect(body).not.toContain('Corte');
    for (const rest of ['', '/documents/0', '/archive']) {
      const [hidden, unknown] = [
        await desk.get(`/courriers/${theirs.id}${rest}`, scoped),
        await desk.get(`/courriers/0190ffff-0000-7000-8000-000000000000${rest}`, scoped),
      ];
      expect(hidden.statusCode).toBe(404);
      expect(hidden.body.replaceAll(theirs.id, '')).toBe(
        unknown.body.replaceAll('0190ffff-0000-7000-8000-000000000000', ''),
      );
    }
  });
});
