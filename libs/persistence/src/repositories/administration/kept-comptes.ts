import type { Compte, CompteRepository } from '@teletransmission/teletransmission';
import { performance } from 'node:perf_hooks';

/** Même sourd aux notifications, on n'admet jamais plus longtemps un jeton révoqué. */
const KEPT_MS = 1_000;
/** Assez pour tous les logiciels d'une journée chargée ; au-delà on recommence. */
const KEPT_MAX = 10_000;

interface Kept {
  readonly compte: Compte;
  readonly untilMs: number;
}

/**
 * Les comptes reconnus à l'instant : un logiciel qui dépose cent actes ne fait pas relire cent fois le même jeton. Une notification de la
 * base les fait oublier aussitôt ; sans elle, une seconde suffit. Un jeton inconnu ne se garde pas.
 */
export class KeptComptes implements Pick<CompteRepository, 'findByJeton'> {
  private readonly kept = new Map<string, Kept>();
  private generation = 0;

  constructor(
    private readonly comptes: Pick<CompteRepository, 'findByJeton'>,
    private readonly keptMs = KEPT_MS,
  ) {}

  async findByJeton(empreinte: string): Promise<Compte | null> {
    const known = this.kept.get(empreinte);
    if (known && known.untilMs > performance.now()) return known.compte;
    const { generation } = this;
    // Pris avant la lecture : c'est d'elle que la seconde compte.
    const untilMs = performance.now() + this.keptMs;
    const compte = await this.comptes.findByJeton(empreinte);
    // Révoqué pendant qu'on le lisait, il ne doit pas survivre à la notification qui l'a dit.
    if (compte && generation === this.generation) {
      if (this.kept.size >= KEPT_MAX) this.kept.clear();
      this.kept.set(empreinte, { compte, untilMs });
    } else this.kept.delete(empreinte);
    return compte;
  }

  /** Un compte a changé, ou l'on n'entend plus s'ils changent. */
  forget(): void {
    this.generation += 1;
    this.kept.clear();
  }
}
