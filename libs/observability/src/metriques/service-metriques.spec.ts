import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { DelaisAccuse, Mesure } from '@teletransmission/teletransmission';
import { ALERTE_GENRES, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import { exposition } from './exposition';
import type { ServiceReadings } from './service-metriques';
import { serviceMetriques } from './service-metriques';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const ago = (secondes: number): Instant => addMs(NOW, -secondes * 1_000);
const mesure = (over: Partial<Mesure> & Pick<Mesure, 'sujet'>): Mesure => ({
  cle: '',
  nombre: 1,
  depuis: null,
  etat: null,
  ...over,
});
const AUCUN: DelaisAccuse = { parBorne: [], nombre: 0, sommeSecondes: 0 };

function linesOf(readings: Partial<ServiceReadings>): readonly string[] {
  const metriques = serviceMetriques(
    { ongoing: null, totals: null, ...readings },
    { releveMs: 600_000 },
    NOW,
  );
  return exposition(metriques)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace('teletransmission_', ''));
}

describe('les métriques du service', () => {
  it('portent chaque état, à zéro s’il le faut, et l’âge du plus ancien de ceux d’où l’on sort', () => {
    const lines = linesOf({
      ongoing: [mesure({ sujet: 'transmission', cle: 'queued', nombre: 3, depuis: ago(90) })],
      totals: {
        mesures: [mesure({ sujet: 'transmission', cle: 'acknowledged', nombre: 12 })],
        delaisAccuse: AUCUN,
      },
    });
    expect(lines.filter((line) => line.startsWith('transmissions{'))).toHaveLength(
      TRANSMISSION_STATES.length,
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        'transmissions{etat="queued"} 3',
        'transmissions{etat="uncertain"} 0',
        'transmissions{etat="acknowledged"} 12',
        'transmission_plus_ancienne_secondes{etat="queued"} 90',
        'transmission_plus_ancienne_secondes{etat="uncertain"} 0',
      ]),
    );
    expect(lines.join('\n')).not.toContain('plus_ancienne_secondes{etat="acknowledged"}');
  });

  it('taisent la part qui n’a pu être lue, et elle seule', () => {
    const withoutTotals = linesOf({ ongoing: [] });
    expect(withoutTotals).toContain('transmissions{etat="queued"} 0');
    expect(withoutTotals.join('\n')).not.toMatch(/acknowledged|depots_total|envois_total|delai_accuse/);
    const withoutOngoing = linesOf({ totals: { mesures: [], delaisAccuse: AUCUN } });
    expect(withoutOngoing).toContain('depots_total 0');
    expect(withoutOngoing.join('\n')).not.toMatch(/queued|alertes_ouvertes|boite_envoi|travailleurs/);
    expect(linesOf({})).toEqual([]);
  });

  it('comptent au bac ce qui attend une personne, non ce que rien n’a encore lu', () => {
    const lines = linesOf({
      ongoing: [
        mesure({ sujet: 'retour', cle: 'received', nombre: 7, depuis: ago(500) }),
        mesure({ sujet: 'retour', cle: 'unmatched', nombre: 2, depuis: ago(60) }),
        mesure({ sujet: 'retour', cle: 'unreadable', nombre: 1, depuis: ago(120) }),
      ],
    });
    expect(lines).toEqual(
      expect.arrayContaining(['bac_retours 3', 'bac_plus_ancien_secondes 120', 'retours{etat="received"} 7']),
    );
  });

  it('disent l’absence de travailleurs et de surveillance, que personne ne peut plus écrire en base', () => {
    const watch = (secondes: number): Mesure =>
      mesure({ sujet: 'travail-regulier', cle: 'raise-alertes', depuis: ago(secondes) });
    const alive = linesOf({ ongoing: [mesure({ sujet: 'travailleur', nombre: 2 }), watch(599)] });
    expect(alive).toEqual(
      expect.arrayContaining([
        'travailleurs_vivants 2',
        'alertes_ouvertes{genre="travailleurs-absents"} 0',
        'alertes_ouvertes{genre="balayage-absent"} 0',
        'travail_regulier_age_secondes{travail="raise-alertes"} 599',
      ]),
    );
    expect(alive.filter((line) => line.startsWith('alertes_ouvertes'))).toHaveLength(ALERTE_GENRES.length);
    expect(linesOf({ ongoing: [mesure({ sujet: 'travailleur', nombre: 0 }), watch(600)] })).toEqual(
      expect.arrayContaining([
        'alertes_ouvertes{genre="travailleurs-absents"} 1',
        'alertes_ouvertes{genre="balayage-absent"} 1',
      ]),
    );
  });

  it('donnent à chaque préfecture un état de disjoncteur et un seul, et son budget s’il est borné', () => {
    const lines = linesOf({
      ongoing: [
        mesure({ sujet: 'disjoncteur', cle: '034', etat: 'open' }),
        mesure({ sujet: 'disjoncteur', cle: '02A', etat: 'closed' }),
        mesure({ sujet: 'budget-actes', cle: '034', nombre: 600 }),
        mesure({ sujet: 'departs-actes', cle: '034', nombre: 42 }),
      ],
    });
    const circuits = lines.filter((line) => line.startsWith('disjoncteur{') && line.endsWith(' 1'));
    expect(circuits).toEqual([
      'disjoncteur{departement="034",etat="open"} 1',
      'disjoncteur{departement="02A",etat="closed"} 1',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'budget_actes_utilises{departement="034"} 42',
        'budget_actes_utilises{departement="02A"} 0',
        'budget_actes_par_heure{departement="034"} 600',
      ]),
    );
    expect(lines.join('\n')).not.toContain('budget_actes_par_heure{departement="02A"}');
  });

  it('rendent le délai d’accusé en histogramme : des bornes qui s’ajoutent, et tous dans la dernière', () => {
    const delaisAccuse: DelaisAccuse = {
      parBorne: [
        { borneSecondes: 60, nombre: 1 },
        { borneSecondes: 300, nombre: 4 },
      ],
      nombre: 5,
      sommeSecondes: 1_234.5,
    };
    expect(
      linesOf({ totals: { mesures: [], delaisAccuse } }).filter((line) => line.startsWith('delai')),
    ).toEqual([
      'delai_accuse_secondes_bucket{le="60"} 1',
      'delai_accuse_secondes_bucket{le="300"} 4',
      'delai_accuse_secondes_bucket{le="+Inf"} 5',
      'delai_accuse_secondes_sum 1234.5',
      'delai_accuse_secondes_count 5',
    ]);
  });

  it('ne donnent pas d’âge à une sauvegarde qui n’a jamais eu lieu', () => {
    const age = (depuis: Instant | null): readonly string[] =>
      linesOf({ ongoing: [mesure({ sujet: 'sauvegarde', nombre: 0, depuis })] }).filter((line) =>
        line.startsWith('sauvegarde'),
      );
    expect(age(null)).toEqual([]);
    expect(age(ago(3_600))).toEqual(['sauvegarde_age_secondes 3600']);
  });
});
