import type { z } from 'zod';
import type { Concern } from './concerns';
import { CONCERNS } from './concerns';
import { frenchFault } from './french-faults';
import { fileKeyOf, readSecretFile, secretKeysOf } from './secret-files';

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
  // Une faute de deux préoccupations qui partagent une clé ne se dit qu'une fois.
  const faults = new Set<string>();
  const settings: Partial<Record<Concern, unknown>> = {};
  // Une variable posée vide vaut une variable absente : c'est ainsi que compose et systemd les transmettent.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  for (const concern of concerns) {
    const known = withSecretFiles(given, secretKeysOf(CONCERNS[concern]));
    for (const fault of known.faults.values()) faults.add(fault);
    const parsed = CONCERNS[concern].safeParse(known.env, { error: frenchFault });
    if (parsed.success) settings[concern] = Object.freeze(parsed.data);
    for (const { path, message } of parsed.error?.issues ?? [])
      // Un secret dont le fichier a sa faute ne « manque » pas en plus.
      if (!known.faults.has(String(path[0]))) faults.add(`${path.join('.')} : ${message}`);
  }
  if (faults.size > 0) throw new InvalidSettings([...faults]);
  return Object.freeze(settings) as Pick<Settings, C>;
}

/** L'environnement, où les secrets donnés par un fichier ont pris leur place ; et les fautes de ces fichiers, par clé. */
function withSecretFiles(
  env: Readonly<Record<string, string | undefined>>,
  keys: readonly string[],
): { readonly env: typeof env; readonly faults: ReadonlyMap<string, string> } {
  const read: Record<string, string> = {};
  const faults = new Map<string, string>();
  for (const key of keys) {
    const file = env[fileKeyOf(key)];
    if (file === undefined) continue;
    const found = readSecretFile(file);
    if (env[key] !== undefined)
      faults.set(key, `${fileKeyOf(key)} : donné en même temps que ${key}, gardez l’un des deux`);
    else if ('fault' in found) faults.set(key, `${fileKeyOf(key)} : ${found.fault}`);
    else read[key] = found.secret;
  }
  return { env: { ...env, ...read }, faults };
}
