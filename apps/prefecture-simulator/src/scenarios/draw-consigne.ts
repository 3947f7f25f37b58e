import { createHash } from 'node:crypto';
import { SCENARIOS } from './scenario';
import type { Consigne, Hasard, Scenario } from './scenario';

/** Une préfecture plutôt saine, où tout ce qui peut arriver finit par arriver. */
const POIDS_PAR_DEFAUT: Readonly<Record<Scenario, number>> = {
  accepter: 70,
  anomalie: 6,
  'anomalie-enveloppe': 2,
  silence: 2,
  retard: 4,
  double: 4,
  'erreur-avant': 4,
  'coupure-avant': 3,
  'erreur-apres': 2,
  'coupure-apres': 3,
};

const NATURES_TIREES = ['001', '002', '003', '004', '005', '006', '007', '999'] as const;
const RETARD_TIRE_MS = 60_000;

/** Un nombre de [0, 1[ qui ne dépend que de son texte : le tirage se rejoue, quel que soit l'ordre des dépôts. */
function fraction(texte: string): number {
  return createHash('sha256').update(texte).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * Tire la consigne d'une archive. Même graine, même nom, même numéro de présentation : même consigne.
 * La présentation entre dans le tirage pour qu'une archive refusée une fois ne le soit pas toujours.
 */
export function drawConsigne(
  hasard: Hasard,
  graine: number,
  nomArchive: string,
  presentation: number,
): Consigne {
  const cle = `${hasard.graine ?? graine}:${nomArchive}:${presentation}`;
  const poids = hasard.poids ?? POIDS_PAR_DEFAUT;
  const total = SCENARIOS.reduce((somme, scenario) => somme + (poids[scenario] ?? 0), 0);
  let reste = fraction(cle) * total;
  const tire =
    SCENARIOS.find((scenario) => {
      reste -= poids[scenario] ?? 0;
      return reste < 0;
    }) ?? 'accepter';
  if (tire === 'retard') return { scenario: tire, delaiMs: RETARD_TIRE_MS };
  if (tire !== 'anomalie') return { scenario: tire };
  const rang = Math.floor(fraction(`${cle}:nature`) * NATURES_TIREES.length);
  return { scenario: tire, anomalie: { nature: NATURES_TIREES[rang] ?? '999' } };
}
