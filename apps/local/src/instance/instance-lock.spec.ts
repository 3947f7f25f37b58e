import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../../../../test/services/eventually';
import { birthMarkOf } from '../process-mark';
import { acquireInstanceLock } from './instance-lock';

describe('Le verrou de l’instance', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-verrou-'));
    file = path.join(folder, 'verrou.json');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const hold = (holder: { pid: number; birth: string | null }): void => {
    writeFileSync(file, JSON.stringify({ ...holder, since: '2026-11-24T10:00:00.000Z' }));
  };

  it('se prend, nomme celui qui le tient, et se rend', () => {
    const lock = acquireInstanceLock(file);
    expect(lock.isTakenOver).toBe(false);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tenu par un processus vivant, il est refusé en le nommant, et reste à lui', () => {
    const birth = birthMarkOf(process.ppid);
    hold({ pid: process.ppid, birth });
    const held = readFileSync(file, 'utf8');
    expect(() => acquireInstanceLock(file)).toThrow(
      `processus ${process.ppid}, depuis 2026-11-24T10:00:00.000Z`,
    );
    expect(readFileSync(file, 'utf8')).toBe(held);
    expect(readdirSync(folder)).toEqual(['verrou.json']);
  });

  it('tenu par un processus suspendu, il n’est pas « en marche » : on dit qu’il l’est, et comment en sortir', () => {
    const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    try {
      hold({ pid, birth: birthMarkOf(pid) });
      expect(() => acquireInstanceLock(file)).toThrow(`tourne déjà sur ce dossier (processus ${pid}`);
      process.kill(pid, 'SIGSTOP');
      expect(() => acquireInstanceLock(file)).toThrow(
        expect.objectContaining({ code: 'local/suspended' }) as Error,
      );
      expect(() => acquireInstanceLock(file)).toThrow(`suspendu (processus ${pid}`);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('laissé par un processus fini que son parent n’a pas relevé, il est repris', async () => {
    // L'enfant ne finit qu'une fois l'interpréteur devenu « sleep », qui ne relève personne : fini plus tôt, il serait relevé.
    const child = 'while [ "$(cat /proc/$PPID/comm)" != sleep ]; do :; done';
    const parent = spawn('/bin/sh', ['-c', `/bin/sh -c '${child}' & echo $!; exec sleep 60`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString('utf8').trim());
      await eventually('le processus est fini et pas relevé', () =>
        readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '),
      );
      expect(birthMarkOf(pid)).toBeNull();
      hold({ pid, birth: null });
      expect(acquireInstanceLock(file).isTakenOver).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('laissé par un processus mort, il est repris, et on le sait', () => {
    hold({ pid: 2 ** 30, birth: 'proc-1' });
    const lock = acquireInstanceLock(file);
    expect(lock.isTakenOver).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(['verrou.json']);
  });

  it('dont le numéro de processus sert désormais à un autre, il est repris', () => {
    hold({ pid: process.ppid, birth: 'né un autre jour' });
    expect(acquireInstanceLock(file).isTakenOver).toBe(true);
  });

  it('à demi écrit, il est repris', () => {
    writeFileSync(file, '{"pid":');
    expect(acquireInstanceLock(file).isTakenOver).toBe(true);
  });

  it('n’est pas rendu par celui à qui on l’a repris', () => {
    const lock = acquireInstanceLock(file);
    hold({ pid: process.ppid, birth: birthMarkOf(process.ppid) });
    lock.release();
    expect(existsSync(file)).toBe(true);
  });
});
