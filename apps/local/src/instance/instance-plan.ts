import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { ApplicationPlan } from '../applications/application';
import type { CommandLine } from '../command-line';
import type { InstanceFolder } from './instance-folder';
import type { PlannedPort } from './ports';
import type { Environment } from '../applications/environment';

/** Les adresses des quatre portes de l'instance. */
export interface Addresses {
  readonly api: string;
  readonly admin: string;
  readonly worker: string;
  readonly prefecture: string;
}

/** Ce qui est décidé avant que rien ne tourne. */
export interface InstancePlan {
  readonly ports: readonly PlannedPort[];
  readonly addresses: Addresses;
  /** Réglages communs à toutes les applications, sans les adresses de la base ni des files. */
  readonly settings: Environment;
}

/** Où sont la base et les files, une fois lancées ou données. */
export interface ServerAddresses {
  /** Sous le rôle du service. */
  readonly databaseUrl: string;
  /** Sous le rôle qui possède la base, pour la seule console ; `null` quand on n'en a pas donné d'autre que celui du service. */
  readonly ownerUrl: string | null;
  /** `null` : les files sont dans PostgreSQL. */
  readonly redisUrl: string | null;
}

const DOORS = [
  { key: 'api', prefix: 'API', port: 3000 },
  { key: 'admin', prefix: 'ADMIN', port: 3001 },
  { key: 'worker', prefix: 'WORKER', port: 3002 },
  { key: 'prefecture', prefix: 'SIMULATEUR', port: 3003 },
] as const;
const LOCAL_HOST = '127.0.0.1';

/** Les ports, les adresses et les réglages de l'instance. Les variables déjà posées par la personne l'emportent, sauf `--port-base`. */
export function planInstance(
  commandLine: Pick<CommandLine, 'portBase'>,
  folder: InstanceFolder,
  env: NodeJS.ProcessEnv,
  jeton: string = randomBytes(24).toString('base64url'),
): InstancePlan {
  const ports = DOORS.map(({ prefix, port }, rank) => ({
    variable: `${prefix}_PORT`,
    host: env[`${prefix}_HOTE`] ?? LOCAL_HOST,
    port:
      commandLine.portBase === undefined
        ? Number(env[`${prefix}_PORT`] ?? port)
        : commandLine.portBase + rank,
  }));
  const urlOf = (key: string): string => {
    const { host, port } = ports[DOORS.findIndex((door) => door.key === key)] ?? {
      host: LOCAL_HOST,
      port: 0,
    };
    return `http://${host === '0.0.0.0' ? LOCAL_HOST : host}:${port}`;
  };
  const addresses = {
    api: urlOf('api'),
    admin: urlOf('admin'),
    worker: urlOf('worker'),
    prefecture: urlOf('prefecture'),
  };
  return {
    ports,
    addresses,
    settings: {
      ...Object.fromEntries(
        ports.flatMap(({ variable, host, port }) => [
          [variable, String(port)],
          [variable.replace('_PORT', '_HOTE'), host],
        ]),
      ),
      // Toujours le simulateur : un essai local ne doit jamais atteindre une vraie préfecture.
      PREFECTURE_URL: addresses.prefecture,
      PREFECTURE_JETON: jeton,
      SIMULATEUR_JETON: jeton,
      STOCKAGE_DOSSIER: folder.stockage,
      SIMULATEUR_DOSSIER: folder.prefecture,
      RELEVE_PERIODE_MS: env['RELEVE_PERIODE_MS'] ?? '1000',
      SIMULATEUR_DELAI_MS: env['SIMULATEUR_DELAI_MS'] ?? '1500',
    },
  };
}

/** Ce qui ne s'hérite pas : sans Redis choisi, son adresse égarerait les applications ; le propriétaire n'est pas pour elles. */
const NOT_INHERITED = ['REDIS_URL', 'DATABASE_OWNER_URL'];

/** L'environnement complet d'une application : celui de la personne, les réglages, la base et les files. */
export function environmentOf(
  plan: InstancePlan,
  servers: ServerAddresses,
  env: NodeJS.ProcessEnv,
): Environment {
  const chosen: Environment = { ...plan.settings, ...serverSettings(servers) };
  // Un secret choisi ici ne se cherche pas en plus dans un fichier.
  const refused = new Set([
    ...NOT_INHERITED,
    ...[...NOT_INHERITED, ...Object.keys(chosen)].map((key) => `${key}_FILE`),
  ]);
  const known = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !refused.has(pair[0]),
  );
  return { ...Object.fromEntries(known), ...chosen };
}

/** Ce que la console a de plus que les applications : le rôle qui possède la base, quand il y en a un à part. */
export function ownerSettings({ ownerUrl }: ServerAddresses): Environment {
  return ownerUrl === null ? {} : { DATABASE_OWNER_URL: ownerUrl };
}

/** Ce dont la ligne de commande a besoin pour trouver l'instance qui tourne. */
export function publishedSettings(plan: InstancePlan, servers: ServerAddresses): Environment {
  return {
    ...plan.settings,
    ...serverSettings(servers),
    ...ownerSettings(servers),
    API_URL: plan.addresses.api,
    ADMIN_URL: plan.addresses.admin,
  };
}

/** Les quatre applications, dans l'ordre où elles se lancent. Elles s'arrêtent dans l'ordre de `STOP_ORDER`. */
export function planApplications(
  plan: InstancePlan,
  environment: Environment,
  compiled: string,
): readonly ApplicationPlan[] {
  const application = (title: string, name: string, address: string): ApplicationPlan => ({
    title,
    name,
    script: path.join(compiled, 'apps', name, 'src', 'main.js'),
    env: environment,
    readyUrl: `${address}/health/ready`,
  });
  return [
    application('Le simulateur de préfecture', 'prefecture-simulator', plan.addresses.prefecture),
    application("L'API", 'api', plan.addresses.api),
    application('Le travailleur', 'worker', plan.addresses.worker),
    application('Le bureau', 'admin', plan.addresses.admin),
  ];
}

/** Le travailleur d'abord, pour que ce qu'il a commencé s'achève ; la préfecture en dernier, parce qu'il lui parle encore. */
export const STOP_ORDER: readonly (readonly string[])[] = [
  ['worker'],
  ['admin', 'api'],
  ['prefecture-simulator'],
];

function serverSettings({ databaseUrl, redisUrl }: ServerAddresses): Environment {
  if (redisUrl === null) return { DATABASE_URL: databaseUrl, QUEUE_BACKEND: 'postgres' };
  return { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_BACKEND: 'redis' };
}
