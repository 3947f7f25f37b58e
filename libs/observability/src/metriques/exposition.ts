/** Le type de contenu du format texte de Prometheus. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Une valeur et ses étiquettes. `suffixe` distingue les parties d'un histogramme (`_bucket`, `_sum`, `_count`). */
export interface Echantillon {
  readonly etiquettes?: Readonly<Record<string, string>>;
  readonly suffixe?: string;
  readonly valeur: number;
}

/** Une métrique : son nom, ce qu'elle veut dire, et ses valeurs du moment. */
export interface Metrique {
  readonly nom: string;
  readonly aide: string;
  readonly genre: 'gauge' | 'counter' | 'histogram';
  readonly valeurs: readonly Echantillon[];
}

const NOM = /^[a-z][a-z0-9_]*$/;

function labelText(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function helpText(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function lineOf(nom: string, { etiquettes = {}, suffixe = '', valeur }: Echantillon): string {
  const labels = Object.entries(etiquettes).map(([name, value]) => `${name}="${labelText(value)}"`);
  return `${nom}${suffixe}${labels.length === 0 ? '' : `{${labels.join(',')}}`} ${valeur}`;
}

/**
 * Le texte que lit Prometheus (format 0.0.4). Une métrique sans valeur n'y figure pas : son absence dit qu'on ne sait pas.
 * @throws Error pour un nom que le format n'admet pas ou qui paraît deux fois : c'est un défaut de qui l'a écrit.
 */
export function exposition(metriques: readonly Metrique[]): string {
  const seen = new Set<string>();
  return metriques
    .map(({ nom, aide, genre, valeurs }) => {
      if (!NOM.test(nom)) throw new Error(`Nom de métrique inadmissible : ${nom}`);
      if (seen.has(nom)) throw new Error(`Métrique écrite deux fois : ${nom}`);
      seen.add(nom);
      if (valeurs.length === 0) return '';
      const lines = valeurs.map((valeur) => lineOf(nom, valeur));
      return [`# HELP ${nom} ${helpText(aide)}`, `# TYPE ${nom} ${genre}`, ...lines, ''].join('\n');
    })
    .join('');
}
