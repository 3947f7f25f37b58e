import type { z } from 'zod';
import type { Concern } from './concerns';
import { CONCERNS } from './concerns';
import { frenchFault } from './french-faults';

/** Tous les réglages, par préoccupation. */
export type Settings = { readonly [C in Concern]: z.output<(typeof CONCERNS)[C]> };

/** Un démarrage refusé, avec toutes ses fautes. Aucune valeur n'y figure : un réglage peut être un secret. */
export class InvalidSettings extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Réglages à corriger :\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nVoir .env.example.`);
    this.name = 'InvalidSettings';
  }
}

/**
 * Lit l'environnement une fois et le fige. Chaque application ne demande que ses préoccupations.
 * @throws InvalidSettings avec toutes les fautes ensemble.
 */
export function loadSettings<C extends Concern = Concern>(
  env: Readonly<Record<string, string | undefined>>,
  concerns: readonly C[] = Object.keys(CONCERNS) as C[],
): Pick<Settings, C> {
  const faults: string[] = [];
  const settings: Partial<Record<Concern, unknown>> = {};
  // Une variable posée vide vaut une variable absente : c'est ainsi que compose et systemd les transmettent.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  for (const concern of concerns) {
    const parsed = CONCERNS[concern].safeParse(given, { error: frenchFault });
    if (parsed.success) settings[concern] = Object.freeze(parsed.data);
    else faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} : ${issue.message}`));
  }
  if (faults.length > 0) throw new InvalidSettings(faults);
  return Object.freeze(settings) as Pick<Settings, C>;
}
