import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';

/**
 * Le jour civil d'un instant dans un fuseau (`Europe/Paris` si rien n'est dit), écrit `AAAA-MM-JJ`.
 * Calculé ici et non par le noyau : le simulateur ne doit pas partager une erreur de date avec ce qu'il éprouve.
 */
export function civilDay(instant: Instant, zone: TimeZone = 'Europe/Paris'): CivilDate {
  // La Suède écrit ses dates comme la norme ISO 8601.
  return new Date(instant).toLocaleDateString('sv-SE', { timeZone: zone }) as CivilDate;
}

/** Le même jour sans séparateur, comme dans les noms de fichiers ACTES. */
export function compactDay(jour: string): string {
  return `${jour.slice(0, 4)}${jour.slice(5, 7)}${jour.slice(8, 10)}`;
}

/** Vrai si ces huit chiffres (`AAAAMMJJ`) désignent un jour du calendrier. */
export function isCompactDay(texte: string): boolean {
  if (!/^\d{8}$/.test(texte)) return false;
  const iso = `${texte.slice(0, 4)}-${texte.slice(4, 6)}-${texte.slice(6)}`;
  const temps = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(temps) && new Date(temps).toISOString().startsWith(iso);
}
