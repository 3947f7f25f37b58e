import { aPdf } from '@teletransmission/testkit';
import type { Transmission } from '@teletransmission/teletransmission';
import { multipartOf } from './a-deposit';
import { advance, seal, send } from './acknowledge';
import { keepLettre } from './retours';
import type { Answer } from './running-api';
import type { RunningApi } from './running-api';

/** Répond à une lettre par un document, comme un logiciel le ferait. */
export async function answerLettre(
  api: RunningApi,
  lettre: string,
  flux = '3-4',
  jeton = api.jetons.administrateur,
): Promise<Answer> {
  const { payload, headers } = await multipartOf([
    ['dossier', JSON.stringify({ flux, documents: [{ fichier: 'plan.pdf', typePiece: '99_DE' }] })],
    ['fichiers', new Blob([new Uint8Array(aPdf(`plan pour ${lettre}`))]), 'plan.pdf'],
  ]);
  return api.ask('POST', `/v1/correspondances/${lettre}/reponse`, { jeton, headers, body: payload });
}

/** Une lettre et l'acte dont elle parle. */
export interface LettreOnActe {
  readonly id: string;
  readonly deliberation: string;
}

/** Une lettre de ce flux, sur un acte à elle. */
export async function lettreOf(api: RunningApi, flux: '2-1' | '3-1' | '5-1' = '3-1'): Promise<LettreOnActe> {
  const deliberation = await api.deposited();
  const id = await keepLettre(api, deliberation);
  const state = flux === '5-1' ? 'noted' : 'received';
  await api.dataSource.query('UPDATE correspondances SET flux = $2, state = $3 WHERE id = $1', [
    id,
    flux,
    state,
  ]);
  return { id, deliberation };
}

/** Une lettre à laquelle une réponse vient d'être déposée. */
export async function answered(api: RunningApi): Promise<LettreOnActe> {
  const lettre = await lettreOf(api);
  const answer = await answerLettre(api, lettre.id);
  if (answer.status !== 202) throw new Error(answer.text);
  return lettre;
}

/** Met la réponse à cette lettre sous enveloppe. */
export const sealReponse = (api: RunningApi, { deliberation }: LettreOnActe): Promise<Transmission> =>
  seal(api, deliberation, '3-4');

/** Une réponse arrêtée avant son départ. */
export async function heldReponse(api: RunningApi): Promise<LettreOnActe> {
  const lettre = await answered(api);
  await advance(api, await sealReponse(api, lettre), {
    event: 'put-on-hold',
    patch: { stopReason: { code: 'prefecture/archive-over-budget', detail: 'Trop grosse pour l’heure.' } },
  });
  return lettre;
}

/** Une réponse dont la liaison ne sait pas dire si elle est arrivée. */
export async function uncertainReponse(api: RunningApi): Promise<LettreOnActe> {
  const lettre = await answered(api);
  await advance(api, await send(api, await sealReponse(api, lettre)), { event: 'envoi-lost' });
  return lettre;
}
