const seconds = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });

/** Une durée mesurée, en millisecondes : « 84 ms », « 2,3 s », « 4 min 10 s », « 1 h 05 min ». */
export function dureeLisible(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${seconds.format(ms / 1000)} s`;
  const total = Math.round(ms / 1000);
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return total % 60 === 0 ? `${minutes} min` : `${minutes} min ${total % 60} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
