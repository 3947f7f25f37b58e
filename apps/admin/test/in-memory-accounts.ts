import type { CivilDate, Clock, Instant, TimeZone } from '@teletransmission/kernel';
import { addMs, civilDateAt } from '@teletransmission/kernel';
import type { Compte, CompteId, SecretSource } from '@teletransmission/teletransmission';
import type { SessionStore } from '../src/session/session-store';
import { NOW } from './views';

/** Une horloge qu'on avance à la main. */
export class SettableClock implements Clock {
  constructor(private current: Instant = NOW) {}

  now(): Instant {
    return this.current;
  }

  today(zone: TimeZone): CivilDate {
    return civilDateAt(this.current, zone);
  }

  advance(ms: number): void {
    this.current = addMs(this.current, ms);
  }
}

/** Des secrets prévisibles, dont l'empreinte n'est jamais le secret. */
export class NumberedSecrets implements SecretSource {
  private minted = 0;

  mint(): string {
    this.minted += 1;
    return `secret-${this.minted}`;
  }

  empreinteOf(secret: string): string {
    return `empreinte(${secret})`;
  }
}

/** Les comptes et leurs jetons, et les sessions qu'ils ouvrent. */
export class InMemoryAccounts implements SessionStore {
  /** Les sessions gardées, sous leur empreinte. */
  readonly sessions = new Map<
    string,
    { readonly jeton: string; readonly compteId: CompteId; readonly expireLe: Instant }
  >();
  private readonly comptes = new Map<string, Compte>();

  constructor(private readonly secrets: SecretSource) {}

  add(jeton: string, compte: Compte): void {
    this.comptes.set(this.secrets.empreinteOf(jeton), compte);
  }

  revoke(compte: Compte): void {
    for (const [empreinte, known] of this.comptes) {
      if (known.id === compte.id) this.comptes.delete(empreinte);
    }
  }

  findByJeton(empreinte: string): Promise<Compte | null> {
    return Promise.resolve(this.comptes.get(empreinte) ?? null);
  }

  open(
    empreinte: string,
    jeton: string,
    compteId: CompteId,
    _ouverteLe: Instant,
    expireLe: Instant,
  ): Promise<void> {
    this.sessions.set(empreinte, { jeton, compteId, expireLe });
    return Promise.resolve();
  }

  find(empreinte: string, now: Instant): Promise<Compte | null> {
    const session = this.sessions.get(empreinte);
    if (!session || session.expireLe <= now) return Promise.resolve(null);
    const compte = this.comptes.get(session.jeton);
    return Promise.resolve(compte?.id === session.compteId ? compte : null);
  }

  close(empreinte: string): Promise<void> {
    this.sessions.delete(empreinte);
    return Promise.resolve();
  }
}
