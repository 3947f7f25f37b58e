import type { AlerteGenre, AlerteView, EnvoisNonPris, StateCount } from '@teletransmission/teletransmission';
import { COUNTED_AT_MOST, GRAVITES } from '@teletransmission/teletransmission';
import { linksOf, pageText } from '../../test/page-text';
import { aCompte, at, NOW, SAINT_MATHIEU } from '../../test/views';
import { renderHome } from './home-page';
import { pilesOf } from './piles';

const held: StateCount = {
  state: 'held',
  count: 3,
  oldestSince: at('2026-11-19T08:00:00Z'),
  overdue: 0,
  oldestOverdueSince: null,
  unpublished: 0,
  oldestUnpublishedSince: null,
};

function home(
  counts: readonly StateCount[],
  compte = aCompte(),
  nonPris: readonly EnvoisNonPris[] = [],
  alertes: readonly AlerteView[] = [],
): string {
  return renderHome({
    compte,
    counts,
    alertes: { items: alertes, next: null },
    nonPris,
    piles: pilesOf(counts, compte.collectiviteId === null ? [] : null, { count: 0, echeance: null }),
    now: NOW,
  });
}

describe('la page d’accueil', () => {
  it('dit « Rien » de chaque pile vide, et que tout va', () => {
    const text = pageText(home([]));
    expect(text).toContain('Rien ne vous attend');
    expect(text).toContain('Retenues Rien');
    expect(text).toContain('Retours non rattachés Rien');
  });

  it('met un déféré en tête, avant les piles et toute autre alerte', () => {
    const alerte = (genre: AlerteGenre): AlerteView => ({
      id: genre,
      genre,
      gravite: GRAVITES[genre],
      sujet: 'correspondance',
      sujetId: 'lettre',
      deliberationId: 'acte',
      identifiantActe: null,
      objet: 'Tarifs de la cantine',
      collectivite: null,
      depuis: NOW,
      ouverteLe: NOW,
      detail: 'Prévenez le service juridique.',
    });
    const html = home([held], aCompte(), [], [alerte('defere'), alerte('courrier-echu')]);
    const text = pageText(html);
    const ranks = [
      'Avant tout : déféré au tribunal administratif',
      '⚖ Avant tout Déféré au tribunal administratif : Tarifs de la cantine',
      'dossiers attendent une personne',
      'Ce qui vous demande ‼ Maintenant Échéance de courrier passée',
      'Retenues 3',
    ].map((part) => text.indexOf(part));
    expect(ranks).not.toContain(-1);
    expect([...ranks].sort((a, b) => a - b)).toEqual(ranks);
    expect(linksOf(html)).toContain('/courriers/lettre');
    expect(pageText(home([], aCompte(), [], [alerte('defere')]))).toContain(
      'Aucun autre dossier n’attend de décision',
    );
  });

  it('fait d’un nombre un lien qui se comprend hors de sa place, avec l’âge et sa date exacte', () => {
    const html = home([held]);
    expect(html).toContain('<a href="/deliberations?etat=held" aria-label="Retenues : 3">3</a>');
    expect(pageText(html)).toContain('la plus ancienne depuis 5 jours');
    expect(html).toContain(
      '<time datetime="2026-11-19T08:00:00.000Z" title="jeudi 19 novembre 2026 à 09:00:00">',
    );
  });

  it('dit « plus de » au-delà de ce qui se compte, de chaque pile comme de leur somme', () => {
    const text = pageText(home([{ ...held, count: COUNTED_AT_MOST + 1 }]));
    expect(text).toContain('Retenues plus de 2 000');
    expect(text).toContain('Plus de 2 000 dossiers attendent une personne.');
    expect(pageText(home([{ ...held, count: COUNTED_AT_MOST }]))).not.toMatch(/plus de/i);
  });

  it('montre les onze états, vides compris', () => {
    const text = pageText(home([held]));
    for (const mot of ['À transmettre', 'Acquittée', 'Annulation demandée', 'Retirée'])
      expect(text).toContain(mot);
  });

  it('dit qu’une préfecture ne prend plus rien, combien d’actes attendent et depuis quand, sans dire que tout avance', () => {
    const cut: EnvoisNonPris = {
      departement: '034',
      nombre: 42,
      depuis: at('2026-11-24T09:48:00Z'),
      raison: 'La préfecture répond 503.',
      cause: 'totale',
    };
    for (const counts of [[], [held]]) {
      const text = pageText(home(counts, aCompte(), [cut]));
      expect(text).toContain('La préfecture 034 ne prend plus d’envoi : 42 actes attendent');
      expect(text).toContain('depuis le 24/11/2026 à 10:48. Dernière raison : La préfecture répond 503.');
      expect(text).not.toContain('avance de soi-même');
    }
    const paused: EnvoisNonPris = { ...cut, nombre: 1, raison: 'bascule', cause: 'suspension' };
    expect(pageText(home([], aCompte(), [paused]))).toContain('suspendus ici (bascule) : 1 acte attend');
  });

  it('est en français, avec un lien d’évitement vers le contenu', () => {
    const html = home([]);
    expect(html).toMatch(/^<!doctype html><html lang="fr">/);
    expect(linksOf(html)[0]).toBe('#contenu');
    expect(html).toContain('<main id="contenu"');
  });

  it.each([
    [
      'operateur',
      null,
      ['/', '/alertes', '/deliberations', '/courriers', '/retours', '/prefectures', '/files'],
    ],
    ['auditeur', null, ['/', '/alertes', '/deliberations', '/courriers', '/retours', '/prefectures']],
    ['operateur', SAINT_MATHIEU, ['/', '/alertes', '/deliberations', '/courriers']],
  ] as const)('n’offre à un %s (collectivité %s) que ses salles', (role, collectiviteId, rooms) => {
    const html = home([], aCompte({ role, collectiviteId }));
    const nav = /<nav class="salles"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
    expect(linksOf(nav)).toEqual(rooms);
  });
});
