import type { AlerteSeuils } from '../alerte/seuils';
import { ReceiveCourrier } from '../use-cases/courriers/receive-courrier';
import { SignalDefere } from '../use-cases/courriers/signal-defere';
import { ApplyDecision } from '../use-cases/decisions/apply-decision';
import { DecideRetour } from '../use-cases/decisions/decide-retour';
import { FindTarget } from '../use-cases/decisions/find-target';
import { SettleDecision } from '../use-cases/decisions/settle-decision';
import { ApplyMessage } from '../use-cases/retours/apply-message';
import { ApplyReply } from '../use-cases/retours/apply-reply';
import { ApplyRetour } from '../use-cases/retours/apply-retour';
import type { CollectPorts } from '../use-cases/retours/collect-retours';
import { CollectRetours } from '../use-cases/retours/collect-retours';
import { FindConcerned } from '../use-cases/retours/find-concerned';
import { KeepMessage } from '../use-cases/retours/keep-message';
import { HandleRetour } from '../use-cases/retours/handle-retour';
import { assembleClassification } from './classification';
import type { Sources } from './policies';
import type { Ports } from './ports';

/** À qui un retour se rattache. */
export function assembleFind({
  transmissions,
  collectivites,
  retours,
}: Pick<Ports, 'transmissions' | 'collectivites' | 'retours'>): FindConcerned {
  return new FindConcerned(transmissions, collectivites, retours);
}

function signalOf(
  { alertes }: Pick<Ports, 'alertes'>,
  seuils: AlerteSeuils,
  { clock, ids }: Sources,
): SignalDefere {
  return new SignalDefere(alertes, seuils, clock, ids);
}

export interface CollectUseCases {
  readonly collect: CollectRetours;
}

/** Relever ce que la préfecture a rendu. */
export function assembleCollect(ports: CollectPorts, { clock, ids }: Sources): CollectUseCases {
  return { collect: new CollectRetours(ports, clock, ids) };
}

export interface ApplyUseCases {
  readonly apply: ApplyRetour;
}

/** Appliquer un retour : à l'acte, à la lettre, à la nomenclature. */
export function assembleApply(
  ports: Pick<
    Ports,
    | 'retours'
    | 'documents'
    | 'transmissions'
    | 'envois'
    | 'collectivites'
    | 'classifications'
    | 'correspondances'
    | 'alertes'
    | 'dossiers'
    | 'liaisons'
  >,
  seuils: AlerteSeuils,
  sources: Sources,
): ApplyUseCases {
  const { correspondances, documents } = ports;
  const { clock, ids } = sources;
  const find = assembleFind(ports);
  const signal = signalOf(ports, seuils, sources);
  const adopt = assembleClassification(ports, sources).adoptClassification;
  const courriers = new ReceiveCourrier(correspondances, documents, ports.liaisons, clock, ids);
  const keep = new KeepMessage(documents);
  const reply = new ApplyReply(ports, adopt, keep, clock);
  const message = new ApplyMessage(ports, { find, keep, reply, courriers, adopt, signal }, clock);
  return { apply: new ApplyRetour(ports, { find, message, signal }, clock) };
}

export interface TrayUseCases {
  readonly handle: HandleRetour;
  readonly decide: DecideRetour;
  readonly settle: SettleDecision;
}

/** Le bac, à la main : relire, rattacher, décider, mettre de côté. */
export function assembleTray(
  ports: Pick<
    Ports,
    | 'retours'
    | 'tray'
    | 'transmissions'
    | 'correspondances'
    | 'envois'
    | 'collectivites'
    | 'decisions'
    | 'alertes'
    | 'liaisons'
  >,
  seuils: AlerteSeuils,
  sources: Sources,
): TrayUseCases {
  const { retours, tray, transmissions, correspondances, decisions } = ports;
  const { clock, ids } = sources;
  const handle = new HandleRetour(retours, tray, transmissions, decisions, clock);
  const apply = new ApplyDecision(ports, signalOf(ports, seuils, sources), clock, ids);
  const target = new FindTarget(transmissions, correspondances);
  return {
    handle,
    decide: new DecideRetour(retours, decisions, { handle, target, apply }, clock, ids),
    settle: new SettleDecision(ports, { handle, apply }, clock),
  };
}
