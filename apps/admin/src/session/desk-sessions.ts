import type { Clock, Instant, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { Compte, CompteRepository, SecretSource } from '@teletransmission/teletransmission';
import { authorize } from '@teletransmission/teletransmission';
import type { SessionStore } from './session-store';

/** Une session neuve. `secret` ne se montre qu'une fois, dans le témoin ; la base n'en garde que l'empreinte. */
export interface OpenedSession {
  readonly secret: string;
  readonly expireLe: Instant;
}

/** Une seule phrase pour tous les refus : elle n'apprend à personne si le jeton existe. */
const REFUSED = {
  code: 'bureau/jeton-refused',
  detail:
    'Ce jeton n’ouvre pas le bureau. Vérifiez qu’il est entier, ou demandez à un administrateur un jeton d’opérateur ou d’auditeur.',
} as const;

export interface SessionPorts {
  readonly comptes: Pick<CompteRepository, 'findByJeton'>;
  readonly sessions: SessionStore;
  readonly secrets: SecretSource;
  readonly clock: Clock;
}

function mayOpenDesk(compte: Compte): boolean {
  return authorize(compte, 'ouvrir-bureau', compte.collectiviteId).ok;
}

/** Les sessions du bureau : on entre avec un jeton d'accès, on circule avec un secret tiré pour l'occasion. */
export class DeskSessions {
  constructor(
    private readonly ports: SessionPorts,
    private readonly durationMs: number,
  ) {}

  /** @returns la session, ou le refus `bureau/jeton-refused` (jeton inconnu, révoqué, ou dont le rôle n'ouvre pas le bureau). */
  async signIn(jeton: string): Promise<Result<OpenedSession>> {
    const { comptes, sessions, secrets, clock } = this.ports;
    const trimmed = jeton.trim();
    const empreinte = secrets.empreinteOf(trimmed);
    const compte = trimmed === '' ? null : await comptes.findByJeton(empreinte);
    if (!compte || !mayOpenDesk(compte)) return refuse(REFUSED);
    const secret = secrets.mint();
    const now = clock.now();
    const expireLe = addMs(now, this.durationMs);
    await sessions.open(secrets.empreinteOf(secret), empreinte, compte.id, now, expireLe);
    return ok({ secret, expireLe });
  }

  /** Le compte de ce secret, tant que sa session dure et que son rôle ouvre le bureau. */
  async whoIs(secret: string | null): Promise<Compte | null> {
    if (secret === null) return null;
    const compte = await this.ports.sessions.find(
      this.ports.secrets.empreinteOf(secret),
      this.ports.clock.now(),
    );
    return compte && mayOpenDesk(compte) ? compte : null;
  }

  async signOut(secret: string | null): Promise<void> {
    if (secret !== null) await this.ports.sessions.close(this.ports.secrets.empreinteOf(secret));
  }
}
