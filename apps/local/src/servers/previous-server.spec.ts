import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../../../../test/services/eventually';
import { activityOf, commandLineOf, isAlive } from '../process-mark';
import { stopPreviousServer } from './previous-server';

describe('le serveur laissé par un lanceur tué', () => {
  let folder: string;
  let pidFile: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-serveur-'));
    pidFile = path.join(folder, 'serveur.pid');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const launch = async (): Promise<number> => {
    const child = spawn('/bin/sleep', ['61'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    await eventually('le programme est lancé', () => commandLineOf(pid).includes('sleep 61'));
    writeFileSync(pidFile, `${pid}\n`);
    return pid;
  };

  it('s’arrête, même suspendu', async () => {
    const pid = await launch();
    process.kill(pid, 'SIGSTOP');
    await eventually('il est suspendu', () => activityOf(pid) === 'suspended');
    await stopPreviousServer('PostgreSQL', pidFile, 'sleep 61', 'SIGTERM');
    expect(isAlive(pid)).toBe(false);
  });

  it('ne s’arrête pas quand son numéro sert désormais à un autre programme', async () => {
    const pid = await launch();
    await stopPreviousServer('PostgreSQL', pidFile, 'postgres -D', 'SIGTERM');
    expect(activityOf(pid)).toBe('running');
    process.kill(pid, 'SIGKILL');
  });
});
