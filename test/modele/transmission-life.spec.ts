import type { CounterExample, Exploration } from './explore';
import { explore } from './explore';
import type { Lectures } from './retour-steps';
import { readLectures } from './retour-steps';
import type { Setting, Weakness } from './step';

/*
 * Toutes les façons dont deux travailleurs, le relais, la relève, le balayage, la préfecture et les opérateurs peuvent s'entremêler sur un
 * acte, jusqu'à une borne dite dans chaque titre. Sans borne : les morts de chacun, les oublis de Redis, les réponses perdues, les baux
 * échus, les prises d'un même travail par deux travailleurs.
 */

const { MODELE_MONTRER: SHOWS } = process.env;

interface Bounded {
  readonly setting: Setting;
  /** Sous ce nombre, l'exploration a rétréci sans que personne l'ait voulu. */
  readonly floor: number;
}

const EXPLORATIONS: readonly Bounded[] = [
  { setting: { bounds: { cycles: 2, turns: 2, echoes: 0, isMute: false }, isReduced: true }, floor: 60_000 },
  { setting: { bounds: { cycles: 1, turns: 1, echoes: 1, isMute: false }, isReduced: true }, floor: 60_000 },
  { setting: { bounds: { cycles: 1, turns: 2, echoes: 0, isMute: true }, isReduced: true }, floor: 6_000 },
  { setting: { bounds: { cycles: 1, turns: 1, echoes: 0, isMute: false } }, floor: 12_000 },
];

const SMALL = { cycles: 1, turns: 2, echoes: 0, isMute: false } as const;
const TWO_ARCHIVES = { ...SMALL, cycles: 2 } as const;

interface Weakened {
  readonly weakness: Weakness;
  readonly what: string;
  readonly bounds: Setting['bounds'];
  /** Faux quand la défense retirée est celle qui permet de sauter les pas d'un acteur devancé. */
  readonly isReduced: boolean;
  readonly broken: string;
  readonly last: string;
}

const TOKEN = 'qui a perdu son bail n’écrit plus aucun état';
const BLIND = 'rien ne part tant qu’un envoi précédent est peut-être arrivé';
const NO_WAY_OUT = 'de partout, une fois le calme revenu, l’acte arrive à sa fin ou devant une personne';

const WEAKENED: readonly Weakened[] = [
  {
    weakness: 'records-whatever-version',
    what: 'un état s’écrit quelle que soit la version lue',
    bounds: SMALL,
    isReduced: false,
    broken: TOKEN,
    last: 'travailleur A : inscrit la réponse « envoi-lost »',
  },
  {
    weakness: 'late-worker-writes',
    what: 'un travailleur attardé écrit encore',
    bounds: SMALL,
    isReduced: false,
    broken: TOKEN,
    last: 'travailleur A : inscrit la réponse « envoi-lost »',
  },
  {
    weakness: 'retries-lost-answer',
    what: 'une réponse perdue est « à renvoyer »',
    bounds: SMALL,
    isReduced: true,
    broken: BLIND,
    last: 'travailleur A : ouvre l’envoi sous bail, tour 2',
  },
  {
    weakness: 'sends-before-intent',
    what: 'l’archive part avant que l’envoi soit inscrit',
    bounds: SMALL,
    isReduced: true,
    broken: BLIND,
    last: 'travailleur A : ouvre l’envoi sous bail, tour 1',
  },
  {
    weakness: 'sweep-retries-interrupted',
    what: 'un envoi interrompu est « à renvoyer »',
    bounds: SMALL,
    isReduced: true,
    broken: BLIND,
    last: 'travailleur B : ouvre l’envoi sous bail, tour 2',
  },
  {
    weakness: 'believes-absence-at-once',
    what: 'une absence vaut preuve sans délai d’apaisement',
    bounds: TWO_ARCHIVES,
    isReduced: true,
    broken: 'la préfecture n’a jamais deux archives du même acte',
    last: 'travailleur B : la préfecture prend l’archive 2 et le dit',
  },
  {
    weakness: 'acknowledges-before-keeping',
    what: 'un retour s’acquitte en amont avant de s’inscrire',
    bounds: SMALL,
    isReduced: true,
    broken: 'un retour acquitté en amont est chez nous',
    last: 'la relève acquitte en amont le retour 1',
  },
  {
    weakness: 'applies-whatever-retour',
    what: 'un retour qu’un autre travailleur vient d’appliquer s’applique encore',
    bounds: { ...TWO_ARCHIVES, turns: 1 },
    isReduced: true,
    broken: 'un refus ne touche que l’archive dont il parle',
    last: 'travailleur B : applique le retour 1 : « anomalie-received »',
  },
  {
    weakness: 'never-requeues',
    what: 'le balayage ne remet rien en file',
    bounds: SMALL,
    isReduced: true,
    broken: NO_WAY_OUT,
    last: 'Redis oublie tout',
  },
  {
    weakness: 'never-sweeps-leases',
    what: 'le balayage ne voit pas les baux échus',
    bounds: SMALL,
    isReduced: true,
    broken: NO_WAY_OUT,
    last: 'travailleur A : meurt, et repart à neuf',
  },
];

function titleOf({ setting: { bounds, isReduced }, floor }: Bounded): string {
  const { cycles, turns, echoes, isMute } = bounds;
  const said = [
    `archives ≤ ${cycles}`,
    `tours par archive ≤ ${turns}`,
    `retours répétés ≤ ${echoes}`,
    isMute
      ? 'préfecture qui ne sait pas dire si elle a une archive'
      : 'préfecture qui sait dire ce qu’elle a',
    isReduced === true ? 'pas sans effet sautés' : 'sans rien sauter',
  ];
  return `${said.join(', ')} : au moins ${floor} mondes`;
}

function told(counterExample: CounterExample | null): string {
  if (!counterExample) return 'aucune';
  const steps = counterExample.path.map((step, i) => `  ${String(i + 1).padStart(2)}. ${step}`);
  return [`rompue : ${counterExample.broken}`, ...steps].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

describe('deux travailleurs, un relais, une relève, un balayage : toutes les promesses, dans tous les ordres', () => {
  let lectures: Lectures;
  const explored = (setting: Setting): Exploration => explore(setting, lectures);

  beforeAll(async () => {
    lectures = await readLectures();
  });

  it.each(EXPLORATIONS.map((bounded) => [titleOf(bounded), bounded] as const))('%s', (title, bounded) => {
    const { worlds, steps, rests, states, counterExample } = explored(bounded.setting);
    say(`modèle : ${title} — ${worlds} mondes, ${steps} pas, ${rests} repos`);
    expect(told(counterExample)).toBe('aucune');
    expect(worlds).toBeGreaterThanOrEqual(bounded.floor);
    expect(rests).toBeGreaterThan(0);
    expect([...states].sort()).toEqual([
      'acknowledged',
      'awaiting-ack',
      'held',
      'queued',
      'rejected',
      'sealed',
      'sending',
      'uncertain',
    ]);
  });

  it('sauter les pas d’un acteur devancé ne change ni les états, ni les repos', () => {
    const bounds = { ...SMALL, turns: 1 };
    const whole = explored({ bounds, isReduced: false });
    const reduced = explored({ bounds, isReduced: true });
    expect([reduced.rests, [...reduced.states].sort()]).toEqual([whole.rests, [...whole.states].sort()]);
    expect(reduced.worlds).toBeLessThan(whole.worlds);
  });

  it.each(WEAKENED.map((weakened) => [weakened.what, weakened] as const))(
    'affaibli, le modèle le voit : %s',
    (what, { weakness, bounds, isReduced, broken, last }) => {
      const { counterExample } = explored({ bounds, isReduced, weakness });
      if (SHOWS === '1') say(`\n${what}\n${told(counterExample)}`);
      expect(counterExample?.broken).toBe(broken);
      expect(counterExample?.path.at(-1)).toBe(last);
    },
  );

  it('raconte le plus court chemin, pas après pas', () => {
    const { counterExample } = explored({ bounds: SMALL, isReduced: true, weakness: 'retries-lost-answer' });
    expect(told(counterExample).split('\n')).toEqual([
      `rompue : ${BLIND}`,
      '   1. le relais porte le travail de l’acte',
      '   2. travailleur A : prend la mise sous enveloppe, lit l’acte, range l’archive',
      '   3. travailleur A : inscrit l’enveloppe scellée',
      '   4. le relais porte le travail de l’acte',
      '   5. travailleur A : prend l’envoi, lit l’acte et son archive',
      '   6. travailleur A : ouvre l’envoi sous bail, tour 1',
      '   7. travailleur A : l’archive part',
      '   8. travailleur A : la préfecture prend l’archive 1, la réponse se perd',
      '   9. travailleur A : inscrit la réponse « envoi-deferred »',
      '  10. le relais porte le travail de l’acte',
      '  11. travailleur A : prend l’envoi, lit l’acte et son archive',
      '  12. travailleur A : ouvre l’envoi sous bail, tour 2',
    ]);
  });
});
