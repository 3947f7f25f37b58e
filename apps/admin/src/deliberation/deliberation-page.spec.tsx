import { civilDate } from '@teletransmission/kernel';
import type { DeliberationView } from '@teletransmission/teletransmission';
import { TRANSMISSION_STATE_LABELS, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import { linksOf, pageText } from '../../test/page-text';
import {
  aCompte,
  aDeliberationView,
  anEntry,
  anEnvoi,
  aPiece,
  aRetour,
  at,
  aTravail,
  empreinteOf,
  newId,
  NOW,
} from '../../test/views';
import { renderDeliberation } from './deliberation-page';
import type { Dossier } from './dossier';

function dossierOf(over: Partial<Dossier> = {}): Dossier {
  return {
    view: aDeliberationView(),
    pieces: [aPiece()],
    envois: [],
    retours: [],
    courriers: [],
    history: [],
    isHistoryCut: false,
    travaux: null,
    ...over,
  };
}

const page = (over: Partial<Dossier> = {}): string => renderDeliberation(dossierOf(over), aCompte(), NOW);

describe('la page d’une délibération', () => {
  it('montre les deux vies à part : publiée, mais pas encore acquittée', () => {
    const text = pageText(
      page({
        view: aDeliberationView({
          publication: { state: 'published', datePublication: civilDate('2026-11-10') },
        }),
      }),
    );
    expect(text).toContain('Transmission … En attente d’AR');
    expect(text).toContain('Publication ✓ Publiée');
    expect(text).toContain('Pas encore exécutoire : publiée, mais l’État n’en a pas accusé réception');
  });

  it('donne les quatre dates et la date exécutoire, la télétransmission au jour de la collectivité', () => {
    const view = aDeliberationView({
      collectivite: { ...aDeliberationView().collectivite, fuseau: 'Indian/Reunion' },
      transmission: {
        state: 'acknowledged',
        teletransmiseLe: at('2026-11-19T20:30:00Z'),
        dateReception: civilDate('2026-11-20'),
      },
      publication: { state: 'published', datePublication: civilDate('2026-11-23') },
    });
    const text = pageText(page({ view }));
    expect(text).toContain('Décision jeudi 5 novembre 2026');
    expect(text).toContain('Télétransmission vendredi 20 novembre 2026 à 00:30:00, heure de la collectivité');
    expect(text).toContain('Réception en préfecture vendredi 20 novembre 2026');
    expect(text).toContain('Publication lundi 23 novembre 2026');
    expect(text).toContain('Exécutoire lundi 23 novembre 2026');
  });

  it('dit qui fait la suite, et le dernier problème avec son code', () => {
    const view = aDeliberationView({
      transmission: {
        state: 'rejected',
        ackDueAt: null,
        stopReason: { code: 'anomalie/002', detail: 'XML non conforme.' },
      },
    });
    const text = pageText(page({ view }));
    expect(text).toContain('Et ensuite ? Un opérateur Corriger ce que la préfecture reproche');
    expect(text).toContain('Dernier problème XML non conforme. Code anomalie/002');
  });

  it('sous une pause de sa préfecture, dit ce qu’il attend, sans promettre de date ni parler de problème', () => {
    const detail =
      'Les envois vers la préfecture 034 sont suspendus : bascule. Ils repartiront à la reprise.';
    const view = aDeliberationView({
      transmission: {
        state: 'sealed',
        ackDueAt: null,
        nextTurnAt: at('2026-11-24T20:00:00Z'),
        stopReason: { code: 'prefecture/paused', detail },
      },
    });
    const text = pageText(page({ view }));
    expect(text).toContain('l’envoi suit de lui-même à la reprise');
    expect(text).toContain(`Ce qui le fait attendre ${detail}`);
    expect(text).not.toContain('C’est prévu');
    expect(text).not.toContain('Dernier problème');
  });

  it('rappelle, une fois acquittée, que la publication reste à faire', () => {
    const view = aDeliberationView({
      transmission: { state: 'acknowledged', dateReception: civilDate('2026-11-20') },
    });
    expect(pageText(page({ view }))).toContain('Il reste à la collectivité à la publier');
  });

  it('ne dit « pas encore » de rien d’un acte envoyé, refusé, puis remplacé', () => {
    const view = aDeliberationView({
      transmission: { state: 'withdrawn', ackDueAt: null, teletransmiseLe: null },
      publication: { automatique: true, siteRegle: true },
      corrigeePar: newId() as NonNullable<DeliberationView['corrigeePar']>,
    });
    const text = pageText(page({ view }));
    expect(text).toContain(
      'Exécutoire Non Pas exécutoire : envoyée, refusée par la préfecture, puis remplacée',
    );
    expect(text).not.toMatch(/pas encore|avant tout envoi|suivra|existera/i);
  });

  it.each(TRANSMISSION_STATES)(
    'se montre dans l’état %s, par un mot et un signe, sans parler de validation',
    (state) => {
      const dateReception = ['acknowledged', 'cancelling', 'cancelled'].includes(state)
        ? civilDate('2026-11-20')
        : null;
      const text = pageText(page({ view: aDeliberationView({ transmission: { state, dateReception } }) }));
      const { mot, signe } = TRANSMISSION_STATE_LABELS[state];
      expect(text).toContain(`${signe} ${mot}`);
      expect(text).not.toMatch(/validée|approuvée/i);
    },
  );

  it('donne chaque document avec son type, sa taille, son empreinte et son lien', () => {
    const view = aDeliberationView({
      archive: { nom: 'TLT.tar.gz', empreinte: empreinteOf('d'), tailleOctets: 271_553 },
    });
    const html = page({
      view,
      pieces: [aPiece(), aPiece({ rang: 1, nomFichier: 'plan.png', format: 'png' })],
    });
    const text = pageText(html);
    expect(text).toContain('Document principal délibération 62.pdf Délibération (99_DE), PDF 263,4 ko');
    expect(text).toContain('Annexe 1 plan.png');
    expect(text).toContain(
      `Archive transmise TLT.tar.gz Enveloppe et pièces, TAR.GZ 271,6 ko ${empreinteOf('d')}`,
    );
    expect(linksOf(html)).toEqual(
      expect.arrayContaining([
        `/deliberations/${view.id}/pieces/0`,
        `/deliberations/${view.id}/pieces/1`,
        `/deliberations/${view.id}/archive`,
      ]),
    );
  });

  it('dit ce que l’ouverture d’un document a montré, et rien quand il n’y a rien à en dire', () => {
    const plain = pageText(page({ pieces: [aPiece()] }));
    expect(plain).not.toContain('À savoir');
    const text = pageText(
      page({
        pieces: [
          aPiece({ remarques: ['sceau-non-verifie'] }),
          aPiece({ rang: 1, nomFichier: 'ancien.pdf', remarques: null }),
        ],
      }),
    );
    expect(text).toContain('sceau présent, non vérifié');
    expect(text).toContain('déposé avant que les documents soient ouverts');
  });

  it('raconte le fil et laisse télécharger les retours', () => {
    const view = aDeliberationView();
    const retour = aRetour({ state: 'applied' });
    const html = page({ view, history: [anEntry()], envois: [anEnvoi()], retours: [retour] });
    expect(pageText(html)).toContain('Délibération déposée');
    expect(linksOf(html)).toContain(`/deliberations/${view.id}/retours/${retour.id}`);
  });

  it('mène à ses travaux dans les files, si le compte les voit', () => {
    const travail = aTravail({
      job: 'submit-enveloppe',
      targetId: '0190d000-0000-7000-8000-00000000abcd',
      turn: 4,
    });
    expect(linksOf(page({ travaux: [travail] }))).toContain(
      '/files/queue/submit-enveloppe/submit-enveloppe.0190d000-0000-7000-8000-00000000abcd.4',
    );
    expect(page({ travaux: null })).not.toContain('id="travaux"');
    expect(pageText(page({ travaux: [] }))).toContain('Aucun travail récent');
  });

  it('ne suit une adresse de publication que si c’en est une', () => {
    const withAdresse = (adresse: string): readonly string[] =>
      linksOf(
        page({
          view: aDeliberationView({
            publication: { state: 'published', datePublication: civilDate('2026-11-20'), adresse },
          }),
        }),
      );
    expect(withAdresse('https://commune.example/62')).toContain('https://commune.example/62');
    expect(withAdresse('javascript:alert(1)').join()).not.toContain('javascript');
  });

  it('a un seul titre de premier niveau et des sections nommées', () => {
    const html = page({ travaux: [], history: [anEntry()] });
    expect(html.match(/<h1/g)).toHaveLength(1);
    const named = [...html.matchAll(/aria-labelledby="([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(named).toEqual(['ensuite', 'identite', 'dates', 'documents', 'fil', 'travaux']);
    for (const id of named) expect(html).toContain(`<h2 id="${id}"`);
  });
});
