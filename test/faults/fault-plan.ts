import { SeededRandom } from './seeded-random';

/** Ce que le marteau sait faire subir. Le sens de chacun est dans README.md. */
export type FaultKind =
  | 'tuer'
  | 'arret-immediat'
  | 'figer'
  | 'vider-redis'
  | 'ligne-coupee'
  | 'ligne-lente'
  | 'reponse-perdue'
  | 'demande-perdue'
  | 'mandataire'
  | 'retours-doubles'
  | 'retours-desordre'
  | 'prise-puis-erreur'
  | 'prise-puis-coupure'
  | 'indisponible'
  | 'disque-plein'
  | 'horloge';

/** Une panne du plan : quoi, sur qui, à quel acte, combien de temps. */
export interface Fault {
  readonly rank: number;
  /** Elle frappe quand tant d'actes ont reçu leur réponse. */
  readonly afterActes: number;
  readonly kind: FaultKind;
  readonly target: string;
  /** Durée de la panne ; pour une mort, ce qui s'écoule avant le relancement. En millisecondes. */
  readonly durationMs: number;
  /** Saut d'horloge en secondes, ou nombre d'échanges frappés. */
  readonly amount: number;
}

interface Card {
  readonly kind: FaultKind;
  readonly target: string;
  readonly durationMs: readonly [number, number];
  readonly amount?: readonly [number, number];
}

const on = (
  kind: FaultKind,
  targets: readonly string[],
  durationMs: Card['durationMs'],
  amount?: Card['amount'],
): readonly Card[] => targets.map((target) => ({ kind, target, durationMs, ...(amount ? { amount } : {}) }));

const WORKERS = ['worker-1', 'worker-2'];
const KILLED: Card['durationMs'] = [100, 1_500];

/** Le jeu entier : on le bat et on le distribue, puis on recommence ; ainsi cent pannes les voient toutes. */
const DECK: readonly Card[] = [
  ...on('tuer', ['api', ...WORKERS, ...WORKERS, 'prefecture', 'redis', 'postgres'], KILLED),
  ...on('arret-immediat', ['postgres'], KILLED),
  ...on('figer', ['api', ...WORKERS, 'prefecture', 'redis'], [1_000, 9_000]),
  ...on('vider-redis', ['redis', 'redis'], [0, 0]),
  ...on('ligne-coupee', ['ligne'], [500, 3_000]),
  ...on('ligne-lente', ['ligne'], [1_000, 4_000], [200, 1_500]),
  ...on('reponse-perdue', ['ligne', 'ligne'], [3_000, 5_000], [1, 6]),
  ...on('demande-perdue', ['ligne'], [3_000, 5_000], [1, 6]),
  ...on('reponse-perdue', ['comptoir', 'comptoir'], [2_000, 4_000], [1, 8]),
  ...on('demande-perdue', ['comptoir'], [2_000, 4_000], [1, 8]),
  ...on('mandataire', ['ligne'], [3_000, 5_000], [1, 6]),
  ...on('retours-doubles', ['guichet'], [1_000, 4_000]),
  ...on('retours-desordre', ['guichet'], [1_000, 4_000], [500, 6_000]),
  ...on('prise-puis-erreur', ['guichet'], [500, 2_500]),
  ...on('prise-puis-coupure', ['guichet'], [500, 2_500]),
  ...on('indisponible', ['guichet'], [500, 2_500]),
  ...on('disque-plein', ['stockage', 'stockage'], [1_000, 4_000]),
  ...on('horloge', ['api', ...WORKERS], [2_000, 6_000], [-90, 90]),
];

/** Tout le plan, tiré de la graine seule : mêmes nombres, même graine, même plan. */
export function planFaults(
  seed: number,
  actes: number,
  faults: number,
  isPossible: (kind: FaultKind) => boolean,
): readonly Fault[] {
  const random = new SeededRandom(seed);
  const deck = DECK.filter(({ kind }) => isPossible(kind));
  const cards: Card[] = [];
  while (cards.length < faults) cards.push(...random.shuffle(deck));
  return cards.slice(0, faults).map(({ kind, target, durationMs, amount = [0, 0] }, index) => ({
    rank: index + 1,
    afterActes: Math.floor(((index + random.next()) * actes) / (faults + 1)),
    kind,
    target,
    durationMs: random.between(...durationMs),
    amount: random.between(...amount),
  }));
}

const seconds = (ms: number): string =>
  `${(ms / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} s`;

const WHOSE: Readonly<Record<string, string>> = { ligne: 'de la préfecture', comptoir: 'au déposant' };

/** La panne en une phrase. */
export function describeFault({ kind, target, durationMs, amount }: Fault): string {
  const during = `pendant ${seconds(durationMs)}`;
  switch (kind) {
    case 'tuer':
      return `SIGKILL ${target}, relancé après ${seconds(durationMs)}`;
    case 'arret-immediat':
      return `arrêt immédiat (SIGQUIT) ${target}, relancé après ${seconds(durationMs)}`;
    case 'figer':
      return `SIGSTOP ${target} ${during}, puis SIGCONT`;
    case 'vider-redis':
      return 'FLUSHALL redis';
    case 'ligne-coupee':
      return `ligne coupée vers la préfecture ${during}`;
    case 'ligne-lente':
      return `ligne lente (${amount} ms par paquet) ${during}`;
    case 'reponse-perdue':
      return `${amount} réponse(s) ${WHOSE[target] ?? ''} perdue(s) après la prise`;
    case 'demande-perdue':
      return `${amount} demande(s) perdue(s) en chemin, sur ${target === 'comptoir' ? 'le fil du déposant' : 'la ligne de la préfecture'}`;
    case 'mandataire':
      return `${amount} envoi(s) répondu(s) 502 par un mandataire`;
    case 'retours-doubles':
      return `chaque retour en double ${during}`;
    case 'retours-desordre':
      return `retours retardés de ${amount} ms, dans le désordre, ${during}`;
    case 'prise-puis-erreur':
      return `la préfecture prend, puis répond 500, ${during}`;
    case 'prise-puis-coupure':
      return `la préfecture prend, puis coupe, ${during}`;
    case 'indisponible':
      return `la préfecture répond 503 sans prendre ${during}`;
    case 'disque-plein':
      return `disque des documents plein ${during}`;
    case 'horloge':
      return `horloge ${target} décalée de ${amount > 0 ? '+' : ''}${amount} s ${during}`;
  }
}
