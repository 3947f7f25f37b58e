import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { LaunchFailure, systemCodeOf } from '../launch-failure';
import { activityOf, birthMarkOf } from '../process-mark';

/** Un verrou que nous tenons. */
export interface InstanceLock {
  /** Vrai quand il a été repris à un lanceur mort sans l'ôter. */
  readonly isTakenOver: boolean;
  readonly release: () => void;
}

interface Holder {
  readonly pid: number;
  readonly birth: string | null;
  readonly since: string;
}

/**
 * Prend le verrou `file`, ou échoue en nommant le processus qui le tient : `local/already-running`, ou `local/suspended` quand il est
 * suspendu. Le verrou d'un processus mort, ou dont le numéro sert désormais à un autre, est repris.
 */
export function acquireInstanceLock(file: string, now: Date = new Date()): InstanceLock {
  const own: Holder = { pid: process.pid, birth: birthMarkOf(process.pid), since: now.toISOString() };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    const isTakenOver = !placeLock(draft, file);
    if (isTakenOver) takeOver(draft, file);
    return {
      isTakenOver,
      release: () => {
        releaseOwn(file, own);
      },
    };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Le lien est créé par le système en un seul geste : de deux lanceurs, un seul réussit, et le verrou est toujours complet. */
function placeLock(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function takeOver(draft: string, file: string): void {
  const stale = readText(file);
  const holder = parseHolder(stale);
  if (holder && isStillRunning(holder)) throw alreadyRunning(holder);
  const aside = `${draft}.perime`;
  try {
    renameSync(file, aside);
  } catch {
    // Un autre lanceur l'a repris entre-temps : la pose, ci-dessous, le dira.
  }
  const moved = readText(aside);
  const isOthers = moved !== '' && moved !== stale;
  // Nous avons écarté un verrou tout neuf : on le remet, il est à l'autre.
  if (isOthers) placeLock(aside, file);
  rmSync(aside, { force: true });
  if (isOthers || !placeLock(draft, file)) throw alreadyRunning(parseHolder(readText(file)));
}

function releaseOwn(file: string, own: Holder): void {
  const holder = parseHolder(readText(file));
  if (holder?.pid === own.pid && holder.birth === own.birth) rmSync(file, { force: true });
}

function isStillRunning(holder: Holder): boolean {
  const birth = birthMarkOf(holder.pid);
  return birth !== null && (holder.birth === null || holder.birth === birth);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null || !('pid' in read) || typeof read.pid !== 'number')
      return null;
    const birth = 'birth' in read && typeof read.birth === 'string' ? read.birth : null;
    const since = 'since' in read && typeof read.since === 'string' ? read.since : '';
    return { pid: read.pid, birth, since };
  } catch {
    return null;
  }
}

function alreadyRunning(holder: Holder | null): LaunchFailure {
  if (holder && activityOf(holder.pid) === 'suspended')
    // Ses processus sont suspendus avec lui et tiennent toujours ses ports : reprendre son dossier ne suffirait pas.
    return new LaunchFailure(
      'local/suspended',
      `Le lancement précédent sur ce dossier est suspendu (processus ${holder.pid}, depuis ${holder.since}) : il ne tourne pas, et garde ses ports. ` +
        `Reprenez-le par « fg » dans sa fenêtre, ou « kill -CONT ${holder.pid} » ; ou finissez-le par « kill ${holder.pid} ; kill -CONT ${holder.pid} », puis recommencez.`,
    );
  const who = holder ? `processus ${holder.pid}, depuis ${holder.since}` : 'un démarrage en cours';
  return new LaunchFailure(
    'local/already-running',
    `Une instance tourne déjà sur ce dossier (${who}). Servez-vous d'elle, ou arrêtez-la par Ctrl-C dans sa fenêtre` +
      `${holder ? ` (ou « kill ${holder.pid} »)` : ''}. Une seconde instance demande un autre dossier : --data DOSSIER --port-base 4000`,
  );
}
