import type { CauseAnomalie } from './causes';
import { CAUSES_ACTE, CAUSES_ENVELOPPE, CAUSES_VERIF, CAUSE_INCONNUE, CODES_DES_VERIFS } from './causes';
import { wordsContradictCode } from './themes';

/** Une anomalie expliquée à l'agent : ce qui s'est passé, ce qu'il faut faire, s'il sert de renvoyer. */
export interface AnomalieExpliquee extends CauseAnomalie {
  /** Trois chiffres quand la nature est un nombre ; sinon le texte reçu. */
  readonly code: string;
  /** Le contrôle cité en tête du détail, par exemple `ODT-VERIF-01`. */
  readonly verif?: string;
  /**
   * Le code sous lequel ranger la cause comprise : celui de l'anomalie (`002`, `enveloppe-005`), celui du contrôle cité quand le texte en
   * cite un, ou « autre » (`999`, `enveloppe-100`) quand les mots et le code ne disent pas la même chose.
   */
  readonly sens: string;
  /** Ce qui diffère entre le code et les mots de la préfecture, en une phrase. */
  readonly ecart?: string;
  /** Toute l'explication : les mots de la préfecture d'abord, le sens du code à côté, l'écart s'il y en a un, le geste. */
  readonly explication: string;
}

type Kind = 'acte' | 'enveloppe';

const VERIF = /\b((?:ODT|PREF)-VERIF-\d{2})\b/;

/** Un code d'anomalie sur trois chiffres : `5`, `05` et `005` disent la même chose. Le reste est rendu tel quel. */
export function normalizeNatureAnomalie(nature: string): string {
  const text = nature.trim();
  return /^\+?\d+$/.test(text) ? String(Number(text)).padStart(3, '0') : text;
}

/**
 * Explique une anomalie d'acte (1-3) ou d'enveloppe. Les mots de la préfecture passent d'abord, et l'emportent : un contrôle cité dans le
 * détail remplace le code, plus vague ; des mots qui parlent d'autre chose que le code le disent, et aucun geste du code n'est conseillé.
 * Un code inconnu reçoit une explication qui le montre tel quel.
 * @example explainAnomalie('acte', '002', 'ODT-VERIF-01 : …').renvoiUtile // 'apres-correction'
 */
export function explainAnomalie(kind: Kind, nature: string, detail: string): AnomalieExpliquee {
  const code = normalizeNatureAnomalie(nature);
  const verif = VERIF.exec(detail)?.[1];
  const ofCode = ownCause(kind === 'acte' ? CAUSES_ACTE : CAUSES_ENVELOPPE, code);
  const ofVerif = verif === undefined ? undefined : ownCause(CAUSES_VERIF, verif);
  const cited = verif === undefined ? {} : { verif };
  if (verif !== undefined && ofVerif) {
    const sens = CODES_DES_VERIFS[verif] ?? sensOf(kind, code);
    const isOther = isSpecific(code) && sens !== sensOf(kind, code) && ofCode !== undefined;
    const ecart = isOther
      ? `Le code ${code} voudrait dire « ${ofCode.libelle} » : le contrôle ${verif}, que le texte cite, l’emporte.`
      : undefined;
    return told({ code, verif, sens, ...ofVerif }, detail, `${verif} : ${ofVerif.libelle}.`, ecart);
  }
  const cause = ofCode ?? CAUSE_INCONNUE;
  if (!wordsContradictCode(kind, code, detail))
    return told({ code, ...cited, sens: sensOf(kind, code), ...cause }, detail, codeWords(code, cause));
  return told(
    { code, ...cited, sens: sensOf(kind, kind === 'acte' ? '999' : '100'), ...cause, ...GESTE_DE_L_ECART },
    detail,
    codeWords(code, cause),
    'Ce code et ces mots ne disent pas la même chose : fiez-vous aux mots.',
  );
}

/** Quand le code ne dit pas ce que disent les mots, son geste ne vaut rien. */
const GESTE_DE_L_ECART = {
  correction: 'Corrigez ce que les mots reprochent ; dans le doute, appelez la préfecture avant de renvoyer.',
  renvoiUtile: 'apres-correction',
} as const satisfies Partial<CauseAnomalie>;

function told(
  explained: Omit<AnomalieExpliquee, 'explication' | 'ecart'>,
  detail: string,
  meaning: string,
  ecart?: string,
): AnomalieExpliquee {
  const words = detail.trim();
  const said = words === '' ? 'La préfecture n’a rien écrit.' : `La préfecture écrit : « ${words} ».`;
  const cause = words === '' ? [explained.cause] : [];
  return {
    ...explained,
    ...(ecart === undefined ? {} : { ecart }),
    explication: [
      said,
      meaning,
      ...(ecart === undefined ? [] : [ecart]),
      ...cause,
      explained.correction,
    ].join(' '),
  };
}

function codeWords(code: string, { libelle }: CauseAnomalie): string {
  return code === '' ? `Sans code : ${libelle}.` : `Code ${code} : ${libelle}.`;
}

/** Les codes d'enveloppe et d'acte se ressemblent sans dire la même chose. */
function sensOf(kind: Kind, code: string): string {
  return kind === 'acte' ? code : `enveloppe-${code}`;
}

/** 100 et 999 veulent dire « autre » : rien ne les contredit. */
function isSpecific(code: string): boolean {
  return code !== '100' && code !== '999';
}

/** La clé vient de la préfecture : seules comptent celles que nous avons écrites. */
function ownCause<T>(causes: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(causes, key) ? causes[key] : undefined;
}
