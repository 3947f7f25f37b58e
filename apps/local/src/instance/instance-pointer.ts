import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const POINTER = '.instance-locale';
const USUAL_FOLDER = '.donnees';

/** Ce qui dit à la ligne de commande où est une instance que `--data` a mise ailleurs. */
export interface InstancePointer {
  readonly write: () => void;
  readonly withdraw: () => void;
}

/**
 * Le repère de l'instance du dossier `folder`. Celle du dossier habituel s'en passe ; un projet où l'on ne peut écrire aussi : la console
 * garde `--data` pour la trouver.
 */
export function instancePointerOf(projectRoot: string, folder: string): InstancePointer {
  const file = path.join(projectRoot, POINTER);
  if (folder === path.join(projectRoot, USUAL_FOLDER))
    return { write: () => undefined, withdraw: () => undefined };
  return {
    write: () => {
      quietly(() => {
        writeFileSync(file, `${folder}\n`);
      });
    },
    withdraw: () => {
      quietly(() => {
        // Une autre instance, lancée depuis, a pu y mettre le sien.
        if (readFileSync(file, 'utf8').trim() === folder) rmSync(file, { force: true });
      });
    },
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Un repère absent ne gêne personne.
  }
}
