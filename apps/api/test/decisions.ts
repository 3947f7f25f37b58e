import { civilDateAt } from '@teletransmission/kernel';
import { SystemClock, UuidSource } from '@teletransmission/observability';
import { PgRetourRepository } from '@teletransmission/persistence';
import type { Retour, Transmission } from '@teletransmission/teletransmission';
import { advance, seal, send } from './acknowledge';
import { entryOf, receiveRetour } from './retours';
import type { RunningApi } from './running-api';

/** Un acte parti, qui attend son accusé. */
export async function awaitingAck(
  api: RunningApi,
): Promise<{ readonly deliberation: string; readonly transmission: Transmission }> {
  const deliberation = await api.deposited({
    numeroInterne: new UuidSource().next().slice(-12).toUpperCase(),
  });
  const transmission = await advance(api, await send(api, await seal(api, deliberation)), {
    event: 'envoi-accepted',
    effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
  });
  return { deliberation, transmission };
}

/** Un retour au bac : sans acte connu, ou rattaché à celui-ci. */
export async function trayRetour(
  api: RunningApi,
  acte: Transmission | null = null,
  to: 'unreadable' | 'contradictory' | 'unmatched' = 'unreadable',
): Promise<Retour> {
  const retour = await receiveRetour(api, Buffer.from(`accusé illisible ${new UuidSource().next()}`));
  const collectiviteId = acte?.collectiviteId ?? null;
  await new PgRetourRepository(api.dataSource, { current: () => null }).settle({
    retour,
    to,
    flux: acte ? '1-2' : null,
    collectiviteId,
    transmissionId: acte?.id ?? null,
    code: 'retour/essai',
    detail: 'Lisez-le.',
    audit: {
      ...entryOf(retour.id, retour.recuLe),
      collectiviteId,
      evenement: `retour-${to}`,
      etatAvant: 'received',
      etatApres: to,
    },
  });
  return retour;
}

/** Un accusé de cette délibération, lu aujourd'hui dans ces octets. */
export function accuseDecision(
  api: RunningApi,
  empreinte: string,
  deliberation: string,
): Record<string, unknown> {
  return {
    motif: 'lu avec la préfecture',
    deliberation,
    nature: 'accuse',
    empreinte,
    lu: 'Accusé du jour',
    dateReception: civilDateAt(new SystemClock().now(), api.commune.fuseau),
    identifiant: null,
  };
}

/** Une décision proposée sur un retour que la commune voit, par ce compte. @returns son identité */
export async function proposedDecision(api: RunningApi, jeton = api.jetons.operateur): Promise<string> {
  const { deliberation, transmission } = await awaitingAck(api);
  const { id, empreinte } = await trayRetour(api, transmission, 'contradictory');
  const body = accuseDecision(api, empreinte, deliberation);
  const answer = await api.ask('POST', `/v1/retours/${id}/decision`, { jeton, body });
  if (answer.status !== 200) throw new Error(answer.text);
  return String(answer.body['id']);
}
