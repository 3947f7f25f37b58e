import { rmSync } from 'node:fs';
import type { ClosingStack } from '../../apps/local/src/closing-stack';
import { makeInstanceFolder, OwnInstance } from './own-instance';

/** Une instance dans un dossier à elle : ce qu'elle ouvre se ferme, et s'efface, avec `opened`. */
export async function openInstance(
  opened: ClosingStack,
  plan: Omit<Parameters<typeof OwnInstance.start>[0], 'folder'>,
): Promise<OwnInstance> {
  const folder = makeInstanceFolder();
  opened.push({
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
  const service = await OwnInstance.start({ ...plan, folder });
  opened.push({
    close: () => service.stop(),
    kill: () => {
      service.killNow();
    },
  });
  return service;
}
