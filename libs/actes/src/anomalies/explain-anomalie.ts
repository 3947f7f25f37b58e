import type { CauseAnomalie } from './causes';
import { CAUSES_ACTE, CAUSES_ENVELOPPE, CAUSES_VERIF, CAUSE_INCONNUE } from './causes';

/** Une anomalie expliquée à l'agent : ce qui s'est passé, ce qu'il faut faire, s'il sert de renvoyer. */
export interface AnomalieExpliquee extends CauseAnomalie {
  /** Trois chiffres quand la nature est un nombre ; sinon le texte reçu. */
  readonly code: string;
  /** Le contrôle cité en tête du détail, par exemple `ODT-VERIF-01`. */
  readonly verif?: string;
}

const VERIF = /\b((?:ODT|PREF)-VERIF-\d{2})\b/;

/** Un code d'anomalie sur trois chiffres : `5`, `05` et `005` disent la même chose. Le reste est rendu tel quel. */
export function normalizeNatureAnomalie(nature: string): string {
  const text = nature.trim();
  return /^\+?\d+$/.test(text) ? String(Number(text)).padStart(3, '0') : text;
}

/**
 * Explique une anomalie d'acte (1-3) ou d'enveloppe. Le contrôle cité dans le détail l'emporte sur le code, plus vague ; le
 * texte du détail n'est jamais interprété autrement. Un code inconnu reçoit une explication qui le montre tel quel.
 * @example explainAnomalie('acte', '002', 'ODT-VERIF-01 : …').renvoiUtile // 'apres-correction'
 */
export function explainAnomalie(
  kind: 'acte' | 'enveloppe',
  nature: string,
  detail: string,
): AnomalieExpliquee {
  const code = normalizeNatureAnomalie(nature);
  const verif = VERIF.exec(detail)?.[1];
  const causes = kind === 'acte' ? CAUSES_ACTE : CAUSES_ENVELOPPE;
  const cause =
    (verif === undefined ? undefined : ownCause(CAUSES_VERIF, verif)) ??
    ownCause(causes, code) ??
    CAUSE_INCONNUE;
  return { code, ...(verif === undefined ? {} : { verif }), ...cause };
}

/** La clé vient de la préfecture : seules comptent celles que nous avons écrites. */
function ownCause(causes: Readonly<Record<string, CauseAnomalie>>, key: string): CauseAnomalie | undefined {
  return Object.hasOwn(causes, key) ? causes[key] : undefined;
}
