import type { Log } from '@teletransmission/kernel';
import { TOUR_DES_COMPTEURS } from '../ledger/keyed-turns';
import type { KeyedTurns } from '../ledger/keyed-turns';
import type { Ledger } from '../ledger/ledger';
import type { ArchiveJudge } from './archive-judge';

const LOT_MAX = 32;

/**
 * La file des jugements, dans l'ordre des dépôts et par lots qui ne se chevauchent pas : c'est ce qui rend sûrs les
 * compteurs et la recherche d'un acte déjà transmis. Elle vit à part des requêtes, comme le ministère répond plus tard.
 */
export class JudgementLane {
  private readonly waiting: string[] = [];
  private running: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly ledger: Ledger,
    private readonly judge: ArchiveJudge,
    private readonly log: Log,
    private readonly turns: KeyedTurns,
  ) {}

  /** Met une archive prise dans la file. */
  enqueue(nom: string): void {
    this.waiting.push(nom);
    this.running ??= this.run();
  }

  /** Reprend les archives qu'un arrêt a laissées sans jugement. */
  resume(): void {
    for (const nom of this.ledger.registre.aJuger()) this.enqueue(nom);
  }

  /** Aboutit quand la file est vide. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Laisse finir le lot en cours et abandonne les suivants : le registre les rendra au prochain démarrage. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.idle();
  }

  private async run(): Promise<void> {
    // Un tour de boucle d'abord : la réponse au dépôt part avant le jugement.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0 && !this.isStopped) {
      await this.turns.run(TOUR_DES_COMPTEURS, () => this.judgeLot(this.waiting.splice(0, LOT_MAX)));
    }
    this.running = undefined;
  }

  private async judgeLot(noms: readonly string[]): Promise<void> {
    const debut = performance.now();
    // Un défaut n'arrête pas la file ; l'archive sera rejugée au prochain démarrage.
    const onDefect = (_nom: string, error: unknown): void => {
      this.log.error('jugement impossible', { event: 'archive-not-judged' }, error);
    };
    try {
      await this.judge.judge(noms, onDefect);
    } catch (error) {
      this.log.error('jugements non inscrits', { event: 'archive-not-judged', count: noms.length }, error);
      return;
    }
    const durationMs = Math.round(performance.now() - debut);
    for (const nom of noms) this.report(nom, durationMs);
  }

  private report(nom: string, durationMs: number): void {
    const archive = this.ledger.registre.archives.get(nom);
    if (!archive?.jugement) return;
    const { actes, anomalieEnveloppe, retours } = archive.jugement;
    const [acte] = actes;
    const anomalie = anomalieEnveloppe ?? acte?.anomalie;
    this.log.info('archive jugée', {
      event: 'archive-judged',
      state: anomalieEnveloppe ? 'anomalie-enveloppe' : (acte?.verdict ?? 'silence'),
      count: retours.length,
      sizeBytes: archive.prise.tailleOctets,
      durationMs,
      ...(acte?.identifiantActe ? { identifiantActe: acte.identifiantActe } : {}),
      ...(anomalie ? { code: `${anomalie.nature}/${anomalie.regle}` } : {}),
    });
  }
}
