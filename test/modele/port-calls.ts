import type { World } from './world';

const READS_ACTE = ['transmissions.find', 'transmissions.findEnveloppe', 'collectivites.find'] as const;
const JUDGES = ['transmissions.findByIdentifiant', 'dossiers.around'] as const;

/**
 * Les appels de port que vaut chaque pas d'un travailleur, dans l'ordre. Un pas qui n'en vaut qu'un change le monde ; les lectures qui ne se
 * périment pas (un document, une collectivité) se joignent à la première.
 */
const WORKER_CALLS: Readonly<Record<string, readonly string[]>> = {
  'idle>sealing': [
    'dossiers.toSeal',
    'transmissions.allocateEnveloppe',
    'documents.put',
    'documents.open',
    'documents.open',
  ],
  'sealing>idle': ['transmissions.record'],
  'idle>about-to-open': ['dossiers.toSubmit', 'documents.open'],
  'about-to-open>opened': ['transmissions.record'],
  'about-to-open>idle': ['transmissions.record'],
  'opened>on-the-line': ['prefecture.submit'],
  'on-the-line>answered': [],
  'on-the-line>idle': ['envois.renewLease'],
  'answered>idle': ['transmissions.record'],
  'answered>late': ['transmissions.record'],
  'late>idle': ['envois.keepLateAnswer'],
  'idle>asking': READS_ACTE,
  'asking>found': ['prefecture.lookUp'],
  'asking>idle': ['prefecture.lookUp'],
  'found>idle': ['transmissions.record'],
  // L'accusé de référence porte un numéro à tirets, que le schéma n'admet pas : cela se garde. L'anomalie n'a rien de singulier.
  'idle>retour-read': ['retours.find', 'documents.open', 'retours.annotate'],
  'idle>retour-read, anomalie': ['retours.find', 'documents.open'],
  'retour-read>judged': JUDGES,
  'retour-read>judged, anomalie': [...JUDGES, 'retours.hasAppliedTwin'],
  'retour-read>to-settle': JUDGES,
  'retour-read>to-settle, anomalie': [...JUDGES, 'retours.hasAppliedTwin'],
  'judged>retour-read': ['documents.put', 'transmissions.recordTogether', 'retours.find'],
  'judged>idle': ['documents.put', 'transmissions.recordTogether'],
  'to-settle>idle': ['retours.settle'],
};

const COLLECTOR_CALLS: Readonly<Record<string, readonly string[]>> = {
  'idle>half-done': [
    'prefecture.pendingRetours',
    'releves.find',
    'prefecture.fetchRetour',
    'documents.put',
    'retours.receive',
  ],
  'half-done>idle': ['prefecture.acknowledgeRetour', 'releves.forgetUnseen'],
};

const SWEEPER_CALLS: Readonly<Record<string, readonly string[]>> = {
  'idle>expired': ['transmissions.findOverdue', 'transmissions.findExpiredLeases'],
  'expired>idle': ['transmissions.record', 'transmissions.findWaiting'],
  'idle>overdue': ['transmissions.findOverdue'],
  'overdue>idle': ['transmissions.record', 'transmissions.findExpiredLeases', 'transmissions.findWaiting'],
};

type CallTable = Readonly<Record<string, readonly string[]>>;

const TABLES: Readonly<Record<'travailleur' | 'relève' | 'balayage', CallTable>> = {
  travailleur: WORKER_CALLS,
  relève: COLLECTOR_CALLS,
  balayage: SWEEPER_CALLS,
};

/** Tous les pas qui font un appel de port : `travailleur idle>sealing`… */
export const PORT_STEPS: readonly string[] = Object.entries(TABLES).flatMap(([actor, table]) =>
  Object.keys(table).map((step) => `${actor} ${step}`),
);

/** Les pas que font les acteurs d'un monde au suivant. */
export function portStepsBetween(before: World, after: World): readonly string[] {
  const worker = (index: 0 | 1): readonly [string, string, string] => {
    const [from, to] = [before.workers[index], after.workers[index]];
    const read = from.stage === 'retour-read' ? from : from.stage === 'idle' ? to : null;
    const isAnomalie = read !== null && before.mails[read.retour]?.kind === 'anomalie';
    return ['travailleur', from.stage, `${to.stage}${isAnomalie ? ', anomalie' : ''}`];
  };
  const moves: readonly (readonly [string, string, string])[] = [
    worker(0),
    worker(1),
    ['relève', before.collector.stage, after.collector.stage],
    ['balayage', before.sweeper.stage, after.sweeper.stage],
  ];
  return moves.flatMap(([actor, from, to]) => (from === to.split(',')[0] ? [] : [`${actor} ${from}>${to}`]));
}

/** Les appels de port que vaut un pas. */
export function callsOf(portStep: string): readonly string[] {
  const [actor = '', ...step] = portStep.split(' ');
  const calls = TABLES[actor as keyof typeof TABLES][step.join(' ')];
  if (!calls) throw new Error(`pas sans appels connus : ${portStep}`);
  return calls;
}
