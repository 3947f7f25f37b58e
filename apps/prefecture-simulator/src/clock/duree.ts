import { addMs, epochMsOf, instantOf } from '@teletransmission/kernel';
import type { Instant, TimeZone } from '@teletransmission/kernel';

/** Une durée ISO 8601 : ses mois et ses jours suivent le calendrier, le reste est un temps exact. */
export interface Duree {
  readonly mois: number;
  readonly jours: number;
  readonly ms: number;
}

const DUREE = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Lit une durée ISO 8601 (`P2M`, `PT3H`, `P1DT12H`), ou rien si elle est mal formée, vide ou démesurée. */
export function readDuree(texte: string): Duree | undefined {
  const lu = DUREE.exec(texte);
  if (!lu || texte.endsWith('P') || texte.endsWith('T')) return undefined;
  const [ans = 0, mois = 0, semaines = 0, jours = 0, heures = 0, minutes = 0, secondes = 0] = lu
    .slice(1)
    .map((nombre: string | undefined) => Number(nombre ?? 0));
  const ms = ((heures * 60 + minutes) * 60 + secondes) * 1000;
  const duree = { mois: ans * 12 + mois, jours: semaines * 7 + jours, ms };
  return duree.mois > 1200 || duree.jours > 36_600 || ms > 36_600 * 86_400_000 ? undefined : duree;
}

/** Ce que les pendules de ce fuseau ont d'avance sur le temps universel, en millisecondes. */
function avanceMs(instant: Instant, zone: TimeZone): number {
  const seconde = Math.floor(epochMsOf(instant) / 1000) * 1000;
  const pendule = new Date(seconde).toLocaleString('sv-SE', { timeZone: zone });
  return Date.parse(`${pendule.replace(' ', 'T')}Z`) - seconde;
}

/**
 * L'instant d'après une durée. Les mois et les jours se comptent sur le calendrier de Paris, à heure de pendule égale :
 * deux mois après le 15 août à midi, c'est le 15 octobre à midi. Un jour qui n'existe pas recule à la fin du mois.
 */
export function addDuree(instant: Instant, duree: Duree, zone: TimeZone = 'Europe/Paris'): Instant {
  const pendule = new Date(epochMsOf(instant) + avanceMs(instant, zone));
  const jour = pendule.getUTCDate();
  pendule.setUTCDate(1);
  pendule.setUTCMonth(pendule.getUTCMonth() + duree.mois);
  const dernier = new Date(Date.UTC(pendule.getUTCFullYear(), pendule.getUTCMonth() + 1, 0)).getUTCDate();
  pendule.setUTCDate(Math.min(jour, dernier) + duree.jours);
  const approche = instantOf(pendule.getTime() - avanceMs(instant, zone));
  // L'heure d'été a pu changer entre les deux : on prend l'avance du jour d'arrivée.
  return addMs(instantOf(pendule.getTime() - avanceMs(approche, zone)), duree.ms);
}
