import { SystemClock, UuidSource } from '@teletransmission/observability';
import { FileDocumentStore, openRepositories } from '@teletransmission/persistence';
import type { Retour } from '@teletransmission/teletransmission';
import { assembleApply } from '@teletransmission/teletransmission';
import { SEUILS } from '@teletransmission/testkit';
import { receiveRetour } from './retours';
import type { RunningApi } from './running-api';

const NO_TRACE = { current: () => null };

/** Fait arriver un retour de la préfecture, et l'applique comme un travailleur le ferait. */
export async function applyRetour(api: RunningApi, octets: Uint8Array, nom?: string): Promise<Retour> {
  const { dataSource, dossier } = api;
  const clock = new SystemClock();
  const ids = new UuidSource();
  const repositories = openRepositories(dataSource, NO_TRACE);
  const documents = new FileDocumentStore(dossier);
  const { apply } = assembleApply({ ...repositories, documents }, SEUILS, { clock, ids });
  const retour = await receiveRetour(api, octets, nom === undefined ? {} : { nom });
  await apply.execute(retour.id);
  const applied = await repositories.retours.find(retour.id);
  if (applied?.state !== 'applied') throw new Error(`Retour ${applied?.state ?? 'perdu'}`);
  return applied;
}
