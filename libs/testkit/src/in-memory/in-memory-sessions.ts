import type { Instant } from '@teletransmission/kernel';
import type { Compte, CompteId } from '@teletransmission/teletransmission';
import type { InMemoryComptes } from './in-memory-comptes';

/** Une session ouverte : le jeton dont elle vit, et son compte. */
export interface HeldSession {
  readonly jeton: string;
  readonly compteId: CompteId;
  readonly expireLe: Instant;
}

/** Les sessions du bureau, sous leur empreinte : elles s'éteignent avec leur jeton et leur compte. */
export class InMemorySessions {
  readonly held = new Map<string, HeldSession>();

  constructor(private readonly comptes: InMemoryComptes) {}

  open(
    empreinte: string,
    jeton: string,
    compteId: CompteId,
    ouverteLe: Instant,
    expireLe: Instant,
  ): Promise<void> {
    for (const [known, session] of this.held) if (session.expireLe <= ouverteLe) this.held.delete(known);
    this.held.set(empreinte, { jeton, compteId, expireLe });
    return Promise.resolve();
  }

  find(empreinte: string, now: Instant): Promise<Compte | null> {
    const session = this.held.get(empreinte);
    if (!session || session.expireLe <= now) return Promise.resolve(null);
    const compte = this.comptes.compteOfJeton(session.jeton);
    return Promise.resolve(compte?.id === session.compteId ? compte : null);
  }

  close(empreinte: string): Promise<void> {
    this.held.delete(empreinte);
    return Promise.resolve();
  }
}
