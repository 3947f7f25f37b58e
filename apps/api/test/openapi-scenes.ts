import { SystemClock } from '@teletransmission/observability';
import { civilDateAt } from '@teletransmission/kernel';
import { aClassification, aPdf, anAnomalie } from '@teletransmission/testkit';
import { multipartOf } from './a-deposit';
import { acknowledge, advance, seal, send } from './acknowledge';
import { applyRetour } from './apply';
import { awaitingAck, proposedDecision, trayRetour } from './decisions';
import { answered, heldReponse, lettreOf, uncertainReponse } from './reponses';
import { keepLettre, keepRetour } from './retours';
import type { Answer, Ask } from './running-api';
import type { RunningApi } from './running-api';

/** Ce qu'il faut à une opération pour réussir : de quoi remplir son adresse, et ce qui change dans son corps. */
export interface Scene {
  readonly id?: string;
  readonly rang?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

type Prepare = (api: RunningApi) => Promise<Scene>;

const deposited: Prepare = async (api) => ({ id: await api.deposited() });
const acknowledged: Prepare = async (api) => {
  const id = await api.deposited();
  await acknowledge(api, id, { dateReception: civilDateAt(new SystemClock().now(), api.commune.fuseau) });
  return { id };
};
const held: Prepare = async (api) => {
  const id = await api.deposited();
  await decide(api, `/v1/deliberations/${id}/retenue`);
  return { id };
};
const inTray: Prepare = async (api) => ({ id: await keepRetour(api, null) });
const lettre: Prepare = async (api) => ({ id: await keepLettre(api, await api.deposited()), rang: '0' });
const proposed: Prepare = async (api) => ({ id: await proposedDecision(api) });
const nothing: Prepare = () => Promise.resolve({});

async function decide(api: RunningApi, url: string): Promise<void> {
  const answer = await api.ask('POST', url, { body: { motif: 'préparation de l’essai' } });
  if (answer.status >= 300) throw new Error(answer.text);
}

async function uncertain(api: RunningApi): Promise<Scene> {
  const id = await api.deposited();
  await advance(api, await send(api, await seal(api, id)), { event: 'envoi-lost' });
  return { id };
}

async function transmissionOf(api: RunningApi, id: string): Promise<string> {
  const { body } = await api.ask('GET', `/v1/deliberations/${id}`);
  return (body['transmission'] as { id: string }).id;
}

async function attachable(api: RunningApi): Promise<Scene> {
  const deliberation = await api.deposited();
  const transmission = await transmissionOf(api, deliberation);
  return { id: await keepRetour(api, api.commune), body: { deliberation, transmission } };
}

const setAside: Prepare = async (api) => {
  const { transmission } = await awaitingAck(api);
  const { id } = await trayRetour(api, transmission);
  await decide(api, `/v1/retours/${id}/mise-de-cote`);
  return { id };
};

/** Un acte qui attend son accusé, son annulation ou rien, un retour illisible, et ce qui s'y lit aujourd'hui. */
async function decidable(api: RunningApi): Promise<Scene> {
  const { deliberation, transmission } = await awaitingAck(api);
  const { id, empreinte } = await trayRetour(api, transmission, 'contradictory');
  const today = civilDateAt(new SystemClock().now(), api.commune.fuseau);
  const body = { deliberation, transmission: transmission.id, empreinte };
  const identifiant = transmission.identifiantActe;
  return { id, body: { ...body, identifiant, dateReception: today, dateCourrier: today } };
}

async function confirmable(api: RunningApi): Promise<Scene> {
  const dateReception = civilDateAt(new SystemClock().now(), api.commune.fuseau);
  return { id: await proposedDecision(api), body: { dateReception } };
}

async function refused(api: RunningApi): Promise<Scene> {
  const numeroInterne = '2022-10-900';
  const id = await api.deposited({ numeroInterne });
  await send(api, await seal(api, id));
  const acte = { numeroInterne: numeroInterne as never };
  await applyRetour(api, await anAnomalie('007', 'Fichier illisible', '2019-08-29', { acte }));
  return { id };
}

async function corrected(api: RunningApi): Promise<Scene> {
  const id = await api.deposited();
  await decide(api, `/v1/deliberations/${id}/retenue`);
  return { id };
}

/** Ce qui précède chaque opération, pour qu'elle réussisse ; les lectures d'octets ont leurs propres essais. */
export const SCENES: Readonly<Record<string, Prepare>> = {
  deposerDeliberation: nothing,
  corrigerDeliberation: corrected,
  declarerPublication: acknowledged,
  listerDeliberations: acknowledged,
  suivreDeliberation: acknowledged,
  listerAnomalies: refused,
  lireHistorique: acknowledged,
  lireHistoriqueCollectivite: deposited,
  listerChaines: deposited,
  lireChaine: deposited,
  listerAccuses: acknowledged,
  retenirTransmission: deposited,
  reprendreTransmission: held,
  retirerTransmission: deposited,
  demanderAnnulation: acknowledged,
  constaterEnvoi: uncertain,
  listerRetours: inTray,
  lireRetour: inTray,
  relireRetour: inTray,
  ecarterRetour: inTray,
  rattacherRetour: attachable,
  reprendreRetour: setAside,
  deciderRetour: decidable,
  listerDecisionsDeRetours: proposed,
  lireDecisionDeRetour: proposed,
  confirmerDecisionDeRetour: confirmable,
  refuserDecisionDeRetour: proposed,
  retirerDecisionDeRetour: async (api) => ({ id: await proposedDecision(api, api.jetons.administrateur) }),
  listerRelevesEnEchec: nothing,
  listerCorrespondances: async (api) => {
    const id = await api.deposited();
    await keepLettre(api, id);
    return { id };
  },
  lireCorrespondance: lettre,
  repondreCorrespondance: lettre,
  reprendreReponse: heldReponse,
  retirerReponse: answered,
  constaterReponse: uncertainReponse,
  prendreEnChargeDefere: (api) => lettreOf(api, '5-1'),
  classerCorrespondance: (api) => lettreOf(api, '2-1'),
  lireClassification: async (api) => {
    await applyRetour(api, await aClassification('7-2', '2020-01-01'), '034-213402761----7-2_7.xml');
    return {};
  },
  lireMessageNomenclature: async (api) => {
    await applyRetour(api, await aClassification('7-2', '2020-01-01'), '034-213402761----7-2_7.xml');
    return {};
  },
  demanderClassification: nothing,
  abandonnerClassification: async (api) => {
    // Une demande est peut-être déjà en cours : cela suffit.
    await api.ask('POST', `/v1/collectivites/${api.commune.siren}/classification`);
    return {};
  },
  listerAlertes: nothing,
  listerPrefectures: nothing,
  listerLiaisons: nothing,
  relierCollectivite: nothing,
  suspendrePrefecture: nothing,
  reprendrePrefecture: async (api) => {
    // Déjà suspendue, peut-être : cela suffit.
    await api.ask('POST', '/v1/prefectures/034/pause', { body: { motif: 'Maintenance annoncée' } });
    return {};
  },
  sonderVie: nothing,
  sonderEtat: nothing,
};

/** Remplit l'adresse d'une opération. */
export function urlOf(api: RunningApi, path: string, { id = '', rang = '' }: Scene): string {
  return path
    .replace('{id}', id)
    .replace('{rang}', rang)
    .replace('{chaine}', api.commune.id)
    .replace('{siren}', api.commune.siren)
    .replace('{departement}', '034');
}

/** Envoie l'exemple d'un corps : en multipart, un vrai fichier par nom qu'il cite. */
export async function sendExample(
  api: RunningApi,
  url: string,
  type: string | undefined,
  example: Readonly<Record<string, unknown>> | undefined,
): Promise<Answer> {
  if (type !== 'multipart/form-data') {
    const ask: Ask = example === undefined ? {} : { body: example };
    return api.ask('POST', url, ask);
  }
  const { dossier, fichiers = [] } = example as { dossier: unknown; fichiers?: readonly string[] };
  const { payload, headers } = await multipartOf([
    ['dossier', JSON.stringify(dossier)],
    ...fichiers.map((nom) => ['fichiers', new Blob([new Uint8Array(aPdf(nom))]), nom] as const),
  ]);
  return api.ask('POST', url, { headers, body: payload });
}
