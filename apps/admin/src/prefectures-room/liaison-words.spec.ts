import type { Instant, LocalTime } from '@teletransmission/kernel';
import type { Circuit, Prefecture, PrefectureView } from '@teletransmission/teletransmission';
import { CLOSED_CIRCUIT, newPrefecture } from '@teletransmission/teletransmission';
import { at } from '../../test/views';
import { byUrgency, fenetreWords, liaisonOf } from './liaison-words';
import { aGuichet } from '@teletransmission/testkit';

const NOW = at('2026-12-31T22:30:00Z');

function view(
  over: Partial<Prefecture> = {},
  circuit: Partial<Circuit> = {},
  departement = '034',
): PrefectureView {
  return {
    prefecture: { ...newPrefecture(aGuichet(departement)), ...over },
    circuit: { ...CLOSED_CIRCUIT, ...circuit },
    actesDepuisUneHeure: 0,
    octetsDepuisUneHeure: 0,
    dernierEnvoiPrisLe: null,
    dernierAccuseLe: null,
    attentes: [],
  };
}

const probeAt = '2026-12-31T22:40:00.000Z' as Instant;
const cut: Partial<Circuit> = { state: 'open', probeAt, detail: 'Aucune réponse en 60 s.', failed: ['a'] };
const interruption = { du: NOW, au: at('2027-01-01T06:00:00Z'), motif: 'maintenance' };
const fenetre = {
  jours: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'] as const,
  de: '08:00' as LocalTime,
  a: '18:00' as LocalTime,
};

describe('la liaison avec une préfecture', () => {
  it.each([
    ['rien ne la retient', view(), 'Joignable', null],
    ['elle ne répond plus', view({}, cut), 'Ne répond plus', probeAt],
    ['une sonde est partie', view({}, { ...cut, state: 'half-open' }), 'Essai en cours', probeAt],
    ['elle a annoncé un arrêt', view({ interruptions: [interruption] }), 'Arrêt annoncé', interruption.au],
    [
      // Le premier janvier tombe un vendredi, que la fenêtre ne connaît pas pour férié.
      'elle est fermée la nuit de la Saint-Sylvestre',
      view({ fenetres: [fenetre] }),
      'Hors de ses heures',
      at('2027-01-01T07:00:00Z'),
    ],
    [
      'on l’a suspendue, et cela passe avant tout',
      view({ pause: { depuis: NOW, motif: 'essai' }, interruptions: [interruption] }, cut),
      'Suspendue',
      null,
    ],
  ])('quand %s', (_case, seen, mot, next) => {
    expect(liaisonOf(seen, NOW).mot).toBe(mot);
    expect(liaisonOf(seen, NOW).next?.at ?? null).toBe(next);
  });

  it('dit ses heures comme on les dit', () => {
    expect(fenetreWords(fenetre)).toBe('du lundi au vendredi, de 08:00 à 18:00');
    expect(fenetreWords({ ...fenetre, jours: ['samedi', 'mardi'] })).toBe('mardi, samedi, de 08:00 à 18:00');
  });

  it('met devant celle qui demande quelqu’un, puis celle où l’on attend', () => {
    const attente = { code: null, nombre: 1, depuis: NOW, prochainLe: null, detail: null };
    const sorted = byUrgency(
      [view(), { ...view({}, {}, '035'), attentes: [attente] }, view({}, cut, '036')],
      NOW,
    );
    expect(sorted.map(({ prefecture }) => prefecture.departement)).toEqual(['036', '035', '034']);
  });
});
