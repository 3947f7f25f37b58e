import type { InMemoryService } from './in-memory-service';

/** Appelé autour de chaque appel d'un port. `before` : l'appel va se faire ; `after` : son effet est là, sa réponse pas encore rendue. */
export type Gate = (port: string, method: string, moment: 'before' | 'after') => Promise<void>;

const PORTS = [
  'dossiers',
  'transmissions',
  'envois',
  'constats',
  'decisions',
  'deliberations',
  'collectivites',
  'classifications',
  'correspondances',
  'publications',
  'retours',
  'releves',
  'documents',
  'prefecture',
] as const satisfies readonly (keyof InMemoryService)[];

type Method = (...args: readonly unknown[]) => Promise<unknown>;

function methodsOf(port: object): readonly string[] {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(port) as object);
  const sync = [
    'constructor',
    'keep',
    'keepAs',
    'bytesOf',
    'adopt',
    'apply',
    'answer',
    'deliver',
    'known',
    'knownBySiren',
    'ownerOf',
  ];
  return names.filter((name) => !(sync.includes(name) && isSynchronous(port, name)));
}

/** Les gestes du test lui-même (dicter une réponse, ranger un fichier) ne sont pas des appels de port. */
function isSynchronous(port: object, name: string): boolean {
  const owner = port.constructor.name;
  if (name === 'adopt') return owner === 'InMemoryCollectivites';
  if (name === 'answer') return owner === 'ScriptedPrefecture';
  return name !== 'apply' || owner === 'InMemoryTransmissions';
}

/**
 * Met une porte autour de chaque appel de port du service : le test y tue le processus, ou y fait attendre un acteur. Un port qui
 * s'appelle lui-même n'y passe pas : ce qu'une transaction fait ensemble reste ensemble.
 */
export function gatePorts(service: InMemoryService, gate: Gate): void {
  for (const name of PORTS) {
    const port: object = service[name];
    const methods = methodsOf(port);
    const prototype = Object.getPrototypeOf(port) as Record<string, Method>;
    const inside = new Proxy(port, {
      get: (target, key) =>
        typeof key === 'string' && methods.includes(key)
          ? prototype[key]
          : (Reflect.get(target, key) as unknown),
    });
    for (const method of methods) {
      const original = prototype[method];
      if (!original) continue;
      Object.defineProperty(port, method, {
        configurable: true,
        value: async (...args: readonly unknown[]): Promise<unknown> => {
          await gate(name, method, 'before');
          const result = await original.apply(inside, [...args]);
          await gate(name, method, 'after');
          return result;
        },
      });
    }
  }
}
