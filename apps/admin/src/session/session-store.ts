import type { Instant } from '@teletransmission/kernel';
import type { Compte, CompteId } from '@teletransmission/teletransmission';

/** Les sessions ouvertes, sous l'empreinte de leur secret. Un compte révoqué n'en a plus. */
export interface SessionStore {
  /** @param jeton l'empreinte du jeton qui l'ouvre : elle vit autant que lui. */
  open(
    empreinte: string,
    jeton: string,
    compteId: CompteId,
    ouverteLe: Instant,
    expireLe: Instant,
  ): Promise<void>;
  find(empreinte: string, now: Instant): Promise<Compte | null>;
  close(empreinte: string): Promise<void>;
}
