import { setTimeout as delay } from 'node:timers/promises';
import { OurBook } from '../faults/our-book';
import { depositForm } from '../processes/deposit-form';
import { openInstance } from '../processes/open-instance';
import type { Depositor, OwnInstance } from '../processes/own-instance';
import { runCommand } from './run-command';

const USAGE = `Emploi : npm run -s essai:equite -- [--actes N] [--rapport R] [--json]
  --actes N    actes que la collectivité A dépose d'un flot ; B en dépose un au milieu (300)
  --rapport R  combien de fois plus longtemps que seul B peut attendre son accusé (20 : tous se partagent les mêmes processeurs)
Codes de sortie : 0 le flot de A ne retarde B ni avec un budget large, ni avec un budget rare, et l'acte empoisonné ne retarde personne ;
1 sinon ; 2 mal employé ; 130 interrompu.`;

const DEPARTEMENT = '034';
const FRONT = 8;
/** Combien de fois B se mesure seul ; la médiane est la référence du même lancement. */
const ALONE = 5;
const WARM_UP = 3;
const WITHIN_MS = 600_000;
const POISON = 'POISON';

/** De la prise du dépôt à l'accusé lu, par la base : les deux instants y sont écrits, personne ne les chronomètre. */
const DELAYS = `
  SELECT t.deliberation_id AS id, extract(epoch FROM a.instant - d.deposee_le) * 1000 AS ms, a.instant
  FROM deliberations d JOIN transmissions t ON t.deliberation_id = d.id AND t.flux = '1-1'
  JOIN collectivites c ON c.id = d.collectivite_id
  JOIN audit_entries a ON a.sujet = 'transmission' AND a.sujet_id = t.id::text AND a.etat_apres = 'acknowledged'
  WHERE c.siren = $1 ORDER BY a.instant`;

interface Acknowledged {
  readonly id: string;
  readonly ms: string;
}

/** Ce qu'un flot a fait à l'acte de la voisine. */
interface Flooded {
  readonly voisineMs: number;
  /** Actes de A sans accusé quand la voisine dépose. */
  readonly devant: number;
  /** Actes de A accusés quand la voisine l'est. */
  readonly passes: number;
  /** Le délai médian des actes de A accusés dans ce flot. */
  readonly autresMs: number;
}

runCommand(
  USAGE,
  { '--actes': 300, '--rapport': 20 },
  async ({ numbers, isJson, say, print, signal, opened }) => {
    const { actes = 0, rapport = 0 } = numbers;
    const service = await openInstance(opened, {
      workers: 1,
      settings: { RELEVE_PERIODE_MS: '300', SIMULATEUR_DELAI_MS: '100' },
      signal,
    });
    const book = await OurBook.open(service.databaseUrl);
    opened.push({ close: () => book.close() });
    const trial = new Trial(service, book, signal);
    const [flood, neighbour, poisoned, late] = [
      await service.register(1, signal),
      await service.register(2, signal),
      await service.register(3, signal),
      await service.register(4, signal),
    ];
    // Les premiers chargent les modules et ouvrent les connexions : ils ne mesurent pas l'attente.
    await trial.oneByOne(neighbour, 'CHAUFFE', WARM_UP);
    const alone = median(await trial.oneByOne(neighbour, 'SEUL', ALONE));
    say(`B seule : ${Math.round(alone)} ms du dépôt à l'accusé (médiane de ${ALONE}).`);

    await service.pilot('PUT', `/pilotage/scenarios/${POISON}`, { scenario: 'erreur-avant' });
    await trial.deposit(poisoned, POISON);
    await trial.until(async () => (await trial.stateOf(poisoned)).turn > 0, 'l’acte empoisonné est présenté');
    const beside = median(await trial.oneByOne(neighbour, 'VOISIN', ALONE));
    say(`B à côté d'un acte que la préfecture refuse toujours : ${Math.round(beside)} ms.`);

    const wide = await trial.flood({ flood, neighbour, actes, name: 'LARGE', awaitsFlood: true });
    say(`B sous le flot : ${Math.round(wide.voisineMs)} ms, ${wide.devant} actes de A devant elle.`);

    // De quoi laisser partir un tiers du second flot ; le dixième gardé aux autres doit suffire à celle qui n'a rien pris.
    const [spent] = await book.query<{ n: number }>('SELECT count(*)::int AS n FROM envois');
    const budget = (spent?.n ?? 0) + Math.ceil(actes / 3);
    await service.console(
      ['prefecture', 'regler', DEPARTEMENT, '--actes-par-heure', String(budget), '--motif', 'essai d’équité'],
      signal,
      { TELETRANSMISSION_JETON: service.jetons.administrateur },
    );
    const scarce = await trial.flood({
      flood,
      neighbour: late,
      actes,
      name: 'RARE',
      awaitsFlood: false,
    });
    const held = await trial.waitingOf(flood);
    say(
      `Une nouvelle venue, budget rare : ${Math.round(scarce.voisineMs)} ms ; ${held} actes de A attendent leur part.`,
    );

    const poison = await trial.stateOf(poisoned);
    const ratios = {
      empoisonne: beside / alone,
      flot: wide.voisineMs / alone,
      budgetRare: scarce.voisineMs / alone,
    };
    const isFair = Object.values(ratios).every((ratio) => ratio <= rapport);
    // Chacun son tour : celle qui ne dépose qu'un acte n'attend pas plus que l'acte médian du flot.
    const isFirst = wide.voisineMs <= wide.autresMs;
    const isScarce = held > 0;
    const isPoisoned = poison.state !== 'acknowledged';
    const isGood = isFair && isFirst && isScarce && isPoisoned;
    const times = (ratio: number): string =>
      `${ratio.toLocaleString('fr-FR', { maximumFractionDigits: 1 })} fois`;
    print(
      isJson
        ? JSON.stringify({
            actes,
            seuleMs: alone,
            aCoteDuPoisonMs: beside,
            flot: wide,
            budgetRare: { ...scarce, budget, retenus: held },
            rapports: ratios,
            limite: rapport,
            conforme: isGood,
          })
        : [
            `B seule : ${Math.round(alone)} ms, la référence.`,
            `À côté d'un acte empoisonné (${poison.state}, ${poison.turn} tour(s)) : ${times(ratios.empoisonne)} la référence.`,
            `Sous ${actes} actes de A (${wide.devant} devant, ${wide.passes} accusés avant elle) : ${times(ratios.flot)}, quand l'acte médian de A attend ${times(wide.autresMs / alone)}.`,
            `Budget rare (${budget} envois l'heure, ${held} de A retenus ; ${scarce.devant} devant) : ${times(ratios.budgetRare)}.`,
            isGood
              ? `conforme : au plus ${rapport} fois la référence`
              : `NON CONFORME${isScarce ? '' : ' : le budget n’a retenu personne'} (limite ${rapport} fois)`,
          ].join('\n'),
    );
    return isGood ? 0 : 1;
  },
);

class Trial {
  constructor(
    private readonly service: OwnInstance,
    private readonly book: OurBook,
    private readonly signal: AbortSignal,
  ) {}

  /** Dépose `count` actes l'un après l'autre, chacun accusé avant le suivant. @returns les délais, en millisecondes. */
  async oneByOne(depositor: Depositor, name: string, count: number): Promise<readonly number[]> {
    const delays: number[] = [];
    for (let rank = 0; rank < count; rank += 1)
      delays.push(await this.acknowledged(depositor, await this.deposit(depositor, `${name}${rank}`)));
    return delays;
  }

  /** A dépose ses actes de front, la voisine un seul quand la moitié est prise. */
  async flood(request: {
    readonly flood: Depositor;
    readonly neighbour: Depositor;
    readonly actes: number;
    readonly name: string;
    readonly awaitsFlood: boolean;
  }): Promise<Flooded> {
    const { flood, neighbour, actes, name, awaitsFlood } = request;
    const before = (await this.delaysOf(flood)).length;
    let next = 0;
    let taken = 0;
    const middle = new Promise<number>((resolve, reject) => {
      const depositSome = async (): Promise<void> => {
        while (next < actes) {
          next += 1;
          await this.deposit(flood, `${name}${next}`);
          taken += 1;
          if (taken === Math.ceil(actes / 2)) resolve(taken);
        }
      };
      this.depositing = Promise.all(Array.from({ length: FRONT }, depositSome));
      this.depositing.catch(reject);
    });
    const half = await middle;
    const devant = half - ((await this.delaysOf(flood)).length - before);
    const voisineMs = await this.acknowledged(neighbour, await this.deposit(neighbour, `${name}B`));
    const passes = (await this.delaysOf(flood)).length - before;
    await this.depositing;
    if (awaitsFlood)
      await this.until(
        async () => (await this.delaysOf(flood)).length >= before + actes,
        'le flot est accusé',
      );
    const others = (await this.delaysOf(flood)).slice(before).map(({ ms }) => Number(ms));
    return { voisineMs, devant, passes, autresMs: median(others) };
  }

  async deposit(depositor: Depositor, numeroInterne: string): Promise<string> {
    const response = await fetch(`${this.service.addresses.api}/v1/deliberations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${depositor.jeton}` },
      body: depositForm(depositor.siren, numeroInterne),
      signal: this.signal,
    });
    const said = await response.text();
    if (response.status !== 201) throw new Error(`Dépôt ${numeroInterne} : ${response.status} ${said}`);
    return (JSON.parse(said) as { id: string }).id;
  }

  async stateOf({ siren }: Depositor): Promise<{ readonly state: string; readonly turn: number }> {
    const [row] = await this.book.query<{ state: string; turn: number }>(
      `SELECT t.state, t.turn FROM transmissions t JOIN collectivites c ON c.id = t.collectivite_id
        WHERE c.siren = $1 AND t.flux = '1-1'`,
      [siren],
    );
    if (!row) throw new Error('Aucun acte');
    return row;
  }

  /** Les actes de cette collectivité qui attendent leur part du budget. */
  async waitingOf({ siren }: Depositor): Promise<number> {
    const [row] = await this.book.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM transmissions t JOIN collectivites c ON c.id = t.collectivite_id
        WHERE c.siren = $1 AND t.state = 'sealed' AND t.stop_code = 'prefecture/budget-spent'`,
      [siren],
    );
    return row?.n ?? 0;
  }

  async until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + WITHIN_MS;
    while (!(await isTrue())) {
      if (performance.now() > deadline) throw new Error(`Toujours pas : ${what}`);
      await delay(50, undefined, { signal: this.signal });
    }
  }

  private depositing: Promise<unknown> = Promise.resolve();

  private async delaysOf({ siren }: Depositor): Promise<readonly Acknowledged[]> {
    return this.book.query<Acknowledged>(DELAYS, [siren]);
  }

  private async acknowledged(depositor: Depositor, id: string): Promise<number> {
    let found: Acknowledged | undefined;
    await this.until(async () => {
      found = (await this.delaysOf(depositor)).find((one) => one.id === id);
      return found !== undefined;
    }, `l'acte ${id} est accusé`);
    return Number(found?.ms);
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
