import {
  CORRESPONDANCE_STATES,
  RETOUR_STATES,
  TRANSMISSION_EVENTS,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import { englishIn } from '../../../test/services/english-words';
import { pageText } from './page-text';
import { RunningDesk } from './running-desk';
import {
  aCompte,
  aCourrierView,
  aDeliberationView,
  aLettreOf,
  anEntry,
  anEnvoi,
  aPiece,
  aRetour,
  at,
} from './views';

/** Tout ce qu'une page fait lire : son texte, et ce qu'elle dit au survol ou à un lecteur d'écran. */
function readable(html: string): string {
  const spoken = [...html.matchAll(/ (?:title|aria-label|placeholder|alt)="([^"]*)"/g)].map(
    ([, text]) => text,
  );
  return [pageText(html), ...spoken].join('\n');
}

describe('le bureau ne parle que français', () => {
  let desk: RunningDesk;
  let cookie: string;
  beforeAll(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte());
    for (const state of TRANSMISSION_STATES)
      desk.readings.dossiers.push({
        view: aDeliberationView({ transmission: { state, isOverdue: state === 'awaiting-ack' } }),
        pieces: [aPiece()],
        envois: [anEnvoi({ outcome: 'deferred', code: 'prefecture/http-503' })],
        retours: RETOUR_STATES.map((retour) => aRetour({ state: retour })),
        history: TRANSMISSION_EVENTS.map((evenement, rang) =>
          anEntry({
            rang,
            evenement,
            etatAvant: 'awaiting-ack',
            etatApres: state,
            preuve: { alerte: 'envoi-incertain', cas: 'accuse', constat: 'absente', reponse: 'absent' },
          }),
        ),
      });
    desk.readings.trayRetours.push(...RETOUR_STATES.map((state) => aRetour({ state })));
    desk.alertes.nonPris.push({
      departement: '034',
      nombre: 2,
      depuis: at('2026-11-24T09:00:00Z'),
      raison: '',
      cause: 'totale',
    });
    for (const state of CORRESPONDANCE_STATES) {
      const view = aCourrierView({ state });
      desk.courriers.stored.push({ view, lettre: aLettreOf(view) });
    }
  });
  afterAll(() => desk.close());

  it('et l’essai reconnaît l’anglais quand il en voit', () => {
    expect(englishIn('État awaiting-ack (resubmitted) : ENOENT, http/503')).toEqual([
      'awaiting-ack',
      'resubmitted',
      'ENOENT',
    ]);
  });

  it.each(['/', '/alertes', '/deliberations', '/courriers', '/retours', '/prefectures', '/files'])(
    'à la page %s',
    async (url) => {
      expect(englishIn(readable((await desk.get(url, cookie)).body))).toEqual([]);
    },
  );

  it('à la page de chaque délibération, dans chaque état', async () => {
    for (const { view } of desk.readings.dossiers) {
      const html = (await desk.get(`/deliberations/${view.id}`, cookie)).body;
      expect([view.transmission.state, englishIn(readable(html))]).toEqual([view.transmission.state, []]);
    }
  });

  it.each([
    '/deliberations?etat=perdue&siren=12&identifiant=%C2%AB%C2%BB&du=hier',
    '/deliberations?apres=faux',
    '/deliberations/inconnue',
    '/courriers?etat=nulle&siren=x',
    '/retours?apres=faux',
    '/page-qui-n-existe-pas',
    '/connexion',
  ])('à la faute de %s', async (url) => {
    expect(englishIn(readable((await desk.get(url, cookie)).body))).toEqual([]);
  });
});
