import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Un gardien : si nous mourons sans prévenir, il arrête le serveur à notre place. */
export interface OrphanGuard {
  /** À appeler quand le serveur s'est arrêté : le gardien s'en va sans rien faire. */
  dismiss(): void;
}

// `read` rend la main quand nous écrivons, ou quand le tuyau se ferme parce que nous sommes morts, fût-ce de SIGKILL.
const SCRIPT = `
read mot
[ "$mot" = fini ] && exit 0
garde=$1
kill -s "$2" "$garde" 2>/dev/null
shift 2
attente=0
while kill -0 "$garde" 2>/dev/null && [ $attente -lt 50 ]; do attente=$((attente + 1)); sleep 0.2; done
rm -rf "$@"
`;

/**
 * Met un gardien sur le processus `pid` : à notre mort il lui envoie `signal`, puis efface ces dossiers.
 * C'est un interpréteur sh d'un mégaoctet, dans sa propre session : le Ctrl-C du terminal ne l'atteint pas.
 */
export function guardAgainstOrphan(
  pid: number,
  signal: 'INT' | 'TERM',
  erased: readonly string[],
): OrphanGuard {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(pid), signal, ...erased], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  // Le tuyau est une prise réseau pour Node : sans cela elle retiendrait le processus, et un gardien tué ferait une erreur sans auditeur.
  guard.stdin.on('error', () => undefined);
  guard.on('error', () => undefined);
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return { dismiss: () => guard.stdin.end('fini\n') };
}
