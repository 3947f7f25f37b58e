/** Ce que la préfecture reproche : un code du protocole §6.2, la règle qui l'a trouvé, un texte pour les personnes. */
export interface Anomalie {
  readonly nature: string;
  readonly regle: string;
  readonly detail: string;
}

/** Une règle de la table : son nom, et la faute qu'elle trouve, s'il y en a une. */
export interface Regle<Sujet> {
  readonly nom: string;
  check(sujet: Sujet): Faute | undefined;
}

/** La faute trouvée par une règle. `verif` est le code `ODT-VERIF-nn` ou `PREF-VERIF-nn` quand le protocole en connaît un. */
export interface Faute {
  readonly nature: string;
  readonly detail: string;
  readonly verif?: string;
}

/** Passe les règles dans l'ordre de la table : comme le ministère, on s'arrête à la première faute. */
export function firstAnomalie<Sujet>(regles: readonly Regle<Sujet>[], sujet: Sujet): Anomalie | undefined {
  for (const regle of regles) {
    const faute = regle.check(sujet);
    if (!faute) continue;
    const detail = `${faute.verif ?? `Règle ${regle.nom}`} : ${faute.detail}.`;
    return { nature: faute.nature, regle: regle.nom, detail };
  }
  return undefined;
}
