import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApplicationGroup } from './applications/application-group';
import type { ApplicationPlan } from './applications/application';
import type { ClosingStack } from './closing-stack';
import type { CommandLine } from './command-line';
import { demonstrationJson, playDemonstration } from './reference/demonstration';
import { instanceFolderAt, openInstanceFolder, wipeInstanceFolder } from './instance/instance-folder';
import type { InstanceFolder } from './instance/instance-folder';
import { instancePointerOf } from './instance/instance-pointer';
import { acquireInstanceLock } from './instance/instance-lock';
import {
  environmentOf,
  ownerSettings,
  planApplications,
  planInstance,
  publishedSettings,
  STOP_ORDER,
} from './instance/instance-plan';
import type { InstancePlan } from './instance/instance-plan';
import { openServers } from './instance/instance-servers';
import { LaunchFailure } from './launch-failure';
import { refuseBusyPorts } from './instance/ports';
import { patienceIn } from './patience';
import { prepareInstance } from './applications/preparation';
import type { Preparation } from './applications/preparation';
import type { RedisSearch } from './servers/redis/redis-search';
import { instanceSummary } from './texts.fr';
import type { Environment } from './applications/environment';

/** Ce qui tourne dans une instance. Les essais donnent le leur. */
export interface Programs {
  /** Le script de la console, lancé une fois pour préparer la base. */
  readonly consoleScript: string;
  readonly applications: (plan: InstancePlan, environment: Environment) => readonly ApplicationPlan[];
}

/** Une demande de démarrage. */
export interface InstanceRequest {
  readonly commandLine: CommandLine;
  readonly env: NodeJS.ProcessEnv;
  readonly projectRoot: string;
  readonly programs: Programs;
  /** Reçoit tout ce qui s'ouvre ; la fermer est l'affaire de l'appelant, quoi qu'il arrive. */
  readonly opened: ClosingStack;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  /** Abandonné au premier Ctrl-C. */
  readonly interruption: AbortSignal;
  readonly redisSearch?: RedisSearch;
}

const DEMO_WITHIN_MS = 60_000;
const LEFTOVERS_WITHIN_MS = 10_000;

/** Les programmes compilés de la maison. */
export function compiledPrograms(compiled: string): Programs {
  return {
    consoleScript: path.join(compiled, 'apps', 'console', 'src', 'main.js'),
    applications: (plan, environment) => planApplications(plan, environment, compiled),
  };
}

/**
 * Lance une instance, joue la démonstration, puis reste jusqu'à l'interruption (ou revient, avec `--demo`).
 * Échoue par `LaunchFailure` ; une interruption avant que tout tourne échoue par la raison du signal. Ne ferme rien : voir `opened`.
 */
export async function runInstance(request: InstanceRequest): Promise<void> {
  const breakdown = new AbortController();
  const signal = AbortSignal.any([request.interruption, breakdown.signal]);
  try {
    const onUnexpectedEnd = (failure: LaunchFailure): void => {
      breakdown.abort(failure);
    };
    await runIn(takeFolder(request), request, signal, onUnexpectedEnd);
  } catch (error) {
    // Ce qui attendait a été abandonné : la cause est la mort du processus, pas l'abandon.
    if (breakdown.signal.aborted) throw breakdown.signal.reason;
    throw error;
  }
}

async function runIn(
  folder: TakenFolder,
  request: InstanceRequest,
  signal: AbortSignal,
  onUnexpectedEnd: (failure: LaunchFailure) => void,
): Promise<void> {
  const { commandLine, env, opened, programs, say } = request;
  const patience = { ...patienceIn(env), say };
  const plan = planInstance(commandLine, folder, env);
  await refuseBusyPorts(plan.ports, folder.isTakenOver ? LEFTOVERS_WITHIN_MS : 0);
  const servers = await openServers({ ...request, folder, signal, patience, onUnexpectedEnd });
  const environment = environmentOf(plan, servers, env);
  say('Préparation de la base…');
  const preparation = await prepareInstance(
    programs.consoleScript,
    folder.reference,
    { ...environment, ...ownerSettings(servers) },
    signal,
  );
  say(`Base prête (migrations jouées : ${preparation.migrations}).`);
  publish(folder, preparation, publishedSettings(plan, servers), request);
  const group = new ApplicationGroup(folder.journals, STOP_ORDER, onUnexpectedEnd, patience);
  opened.push({
    close: () => group.stop(),
    kill: () => {
      group.killAll();
    },
  });
  await group.start(programs.applications(plan, environment), signal);
  say('Simulateur de préfecture, API, travailleur et bureau : prêts.');
  const stage = { api: plan.addresses.api, preparation, archives: folder.archives, say, signal };
  if (commandLine.isDemo) {
    const demonstration = await playDemonstration({ ...stage, withinMs: DEMO_WITHIN_MS });
    say(demonstrationJson(demonstration));
    return;
  }
  await playWithoutFailing(stage, request);
  const jetons = { ...preparation.jetons, prefecture: plan.settings['SIMULATEUR_JETON'] ?? '' };
  say(instanceSummary(plan.addresses, jetons, folder));
  await interrupted(signal);
}

/** Un dossier dont nous tenons le verrou. */
interface TakenFolder extends InstanceFolder {
  /** Vrai quand un lanceur tué l'avait laissé : ses applications s'éteignent peut-être encore. */
  readonly isTakenOver: boolean;
}

function takeFolder({ commandLine, env, opened, say }: InstanceRequest): TakenFolder {
  const folder = instanceFolderAt(commandLine.folder);
  openInstanceFolder(folder);
  const lock = acquireInstanceLock(folder.lock);
  opened.push({ close: lock.release, kill: lock.release });
  if (lock.isTakenOver) say("Le démarrage précédent ne s'était pas terminé : je reprends son dossier.");
  const taken = { ...folder, isTakenOver: lock.isTakenOver };
  if (!commandLine.isFresh) return taken;
  wipeInstanceFolder(folder);
  say(
    `Dossier ${folder.root} effacé.${env['DATABASE_URL'] ? ' La base de DATABASE_URL, elle, est gardée.' : ''}`,
  );
  return taken;
}

/** Laisse à la ligne de commande de quoi trouver l'instance ; repris à l'arrêt, parce que ce sont des secrets. */
function publish(
  folder: InstanceFolder,
  { jetons }: Preparation,
  settings: Environment,
  { opened, projectRoot }: Pick<InstanceRequest, 'opened' | 'projectRoot'>,
): void {
  const pointer = instancePointerOf(projectRoot, folder.root);
  const withdraw = (): void => {
    rmSync(folder.jetons, { force: true });
    rmSync(folder.addresses, { force: true });
    pointer.withdraw();
  };
  opened.push({ close: withdraw, kill: withdraw });
  withdraw();
  writeFileSync(folder.jetons, `${JSON.stringify(jetons, null, 2)}\n`, { mode: 0o600 });
  writeFileSync(folder.addresses, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  pointer.write();
}

/** Hors `--demo`, une délibération retenue n'empêche pas de se servir de l'instance : c'est même là qu'on la débloque. */
async function playWithoutFailing(
  stage: Parameters<typeof playDemonstration>[0],
  { warn }: InstanceRequest,
): Promise<void> {
  try {
    await playDemonstration(stage);
  } catch (error) {
    if (stage.signal.aborted || !(error instanceof LaunchFailure)) throw error;
    warn(error.message);
  }
}

/** S'accomplit à l'interruption demandée ; échoue si c'est une panne. */
function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (signal.reason instanceof LaunchFailure) {
        reject(signal.reason);
        return;
      }
      resolve();
    };
    if (signal.aborted) {
      settle();
      return;
    }
    signal.addEventListener('abort', settle, { once: true });
  });
}
