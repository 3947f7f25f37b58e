import type { Clock, Instant } from '@teletransmission/kernel';
import type {
  Actor,
  AuditEntry,
  Compte,
  CompteId,
  CompteRepository,
  CompteView,
  StoredJeton,
} from '@teletransmission/teletransmission';
import { compteOpened, compteRevoked, CONSOLE, jetonRenewed } from '@teletransmission/teletransmission';
import { FakeClock } from '../fake-clock';

interface HeldCompte {
  readonly compte: Compte;
  readonly creeLe: Instant;
  revoqueLe: Instant | null;
}

interface HeldJeton {
  readonly compteId: CompteId;
  readonly empreinte: string;
  readonly creeLe: Instant;
  expireLe: Instant | null;
  employeLe: Instant | null;
}

const REFERENCE_LENGTH = 12;

/** Les comptes et leurs jetons, et ce que leur vie laisse au journal. */
export class InMemoryComptes implements CompteRepository {
  readonly audit: AuditEntry[] = [];
  private readonly comptes: HeldCompte[] = [];
  private readonly jetons: HeldJeton[] = [];

  constructor(private readonly clock: Pick<Clock, 'now'> = new FakeClock()) {}

  /** Un compte qui est là depuis toujours : le journal n'en dit rien. */
  add(compte: Compte, empreinte: string): void {
    if (this.jetonOf(empreinte)) throw new Error('jeton déjà donné');
    const creeLe = this.clock.now();
    this.comptes.push({ compte, creeLe, revoqueLe: null });
    this.jetons.push({ compteId: compte.id, empreinte, creeLe, expireLe: null, employeLe: null });
  }

  nomOf(id: CompteId): string | null {
    return this.of(id)?.compte.nom ?? null;
  }

  findByJeton(empreinte: string): Promise<Compte | null> {
    const compte = this.compteOfJeton(empreinte);
    const jeton = this.jetonOf(empreinte);
    if (compte && jeton) jeton.employeLe ??= this.clock.now();
    return Promise.resolve(compte);
  }

  /** Le compte de ce jeton, s'ils valent encore l'un et l'autre ; cela n'en retient pas l'usage. */
  compteOfJeton(empreinte: string): Compte | null {
    const jeton = this.jetonOf(empreinte);
    const held = jeton && this.isLiving(jeton) ? this.of(jeton.compteId) : undefined;
    return held?.revoqueLe === null ? held.compte : null;
  }

  create(compte: Compte, jeton: StoredJeton, acteur: Actor = CONSOLE): Promise<void> {
    // Une empreinte n'ouvre qu'un compte : la base le refuse aussi.
    if (this.jetonOf(jeton.empreinte)) return Promise.reject(new Error('jeton déjà donné'));
    this.comptes.push({ compte, creeLe: jeton.creeLe, revoqueLe: null });
    this.keep(jeton);
    this.audit.push(compteOpened(compte, jeton, acteur));
    return Promise.resolve();
  }

  renew(jeton: StoredJeton, othersEndAt: Instant, acteur: Actor = CONSOLE): Promise<boolean> {
    const held = this.of(jeton.compteId);
    if (held?.revoqueLe !== null) return Promise.resolve(false);
    for (const other of this.jetons) {
      if (other.compteId !== jeton.compteId || !this.isLiving(other)) continue;
      const end = other.expireLe !== null && other.expireLe < othersEndAt ? other.expireLe : othersEndAt;
      other.expireLe = end < other.creeLe ? other.creeLe : end;
    }
    this.keep(jeton);
    this.audit.push(jetonRenewed(held.compte, jeton, othersEndAt, acteur));
    return Promise.resolve(true);
  }

  revoke(id: CompteId, at: Instant, acteur: Actor = CONSOLE): Promise<boolean> {
    return Promise.resolve(this.revokeAll(({ compte }) => compte.id === id, at, acteur) > 0);
  }

  revokeByNom(nom: string, at: Instant, acteur: Actor = CONSOLE): Promise<number> {
    return Promise.resolve(this.revokeAll(({ compte }) => compte.nom === nom, at, acteur));
  }

  list(): Promise<readonly CompteView[]> {
    const byAge = (a: readonly [Instant, string], b: readonly [Instant, string]): number =>
      a.join(' ') < b.join(' ') ? -1 : 1;
    return Promise.resolve(
      [...this.comptes]
        .sort((a, b) => byAge([a.creeLe, a.compte.id], [b.creeLe, b.compte.id]))
        .map(({ compte, creeLe, revoqueLe }) => ({
          ...compte,
          creeLe,
          revoqueLe,
          jetons: this.jetons
            .filter(({ compteId }) => compteId === compte.id)
            .sort((a, b) => byAge([a.creeLe, a.empreinte], [b.creeLe, b.empreinte]))
            .map(({ empreinte, creeLe: ne, expireLe, employeLe }) => ({
              reference: empreinte.slice(0, REFERENCE_LENGTH),
              creeLe: ne,
              expireLe,
              revoqueLe: null,
              employeLe,
            })),
        })),
    );
  }

  private jetonOf(empreinte: string): HeldJeton | undefined {
    return this.jetons.find((held) => held.empreinte === empreinte);
  }

  private keep({ compteId, empreinte, creeLe, expireLe = null }: StoredJeton): void {
    this.jetons.push({ compteId, empreinte, creeLe, expireLe, employeLe: null });
  }

  private revokeAll(isMeant: (held: HeldCompte) => boolean, at: Instant, acteur: Actor): number {
    const living = this.comptes.filter((held) => held.revoqueLe === null && isMeant(held));
    for (const held of living) {
      held.revoqueLe = at;
      this.audit.push(compteRevoked(held.compte, at, acteur));
    }
    return living.length;
  }

  private isLiving({ expireLe }: HeldJeton): boolean {
    return expireLe === null || expireLe > this.clock.now();
  }

  private of(id: CompteId): HeldCompte | undefined {
    return this.comptes.find(({ compte }) => compte.id === id);
  }
}
