import type { Instant } from '@teletransmission/kernel';
import type {
  EnvoiLease,
  EnvoiRepository,
  OpenedEnvoi,
  OutboxMessage,
  SubmitAnswer,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { InMemoryLedger } from './in-memory-ledger';

export class InMemoryEnvois implements EnvoiRepository {
  constructor(private readonly ledger: InMemoryLedger) {}

  renewLease(lease: EnvoiLease, now: Instant, until: Instant): Promise<boolean> {
    const envoi = this.ledger.envois.find(({ id, jeton }) => id === lease.envoiId && jeton === lease.jeton);
    const transmission = this.ledger.transmissions.get(lease.transmissionId);
    const isHeld = transmission?.state === 'sending' && transmission.version === lease.jeton;
    if (!envoi || !isHeld || envoi.closed !== null || envoi.leaseUntil <= now) return Promise.resolve(false);
    envoi.leaseUntil = until;
    return Promise.resolve(true);
  }

  keepLateAnswer(
    lease: EnvoiLease,
    answer: SubmitAnswer,
    _at: Instant,
    outbox: OutboxMessage,
  ): Promise<void> {
    const envoi = this.ledger.envois.find(({ id, jeton }) => id === lease.envoiId && jeton === lease.jeton);
    if (envoi?.lateAnswer === null) {
      envoi.lateAnswer = answer;
      this.ledger.enqueue(outbox);
    }
    return Promise.resolve();
  }

  lastOf(id: TransmissionId): Promise<OpenedEnvoi | null> {
    return Promise.resolve(lastEnvoiOf(this.ledger, id));
  }

  wasSentAsAnother({ id, identifiantActe, flux, correspondanceId }: Transmission): Promise<boolean> {
    const others = [...this.ledger.transmissions.values()].filter(
      (other) =>
        other.id !== id &&
        identifiantActe !== null &&
        other.identifiantActe === identifiantActe &&
        other.flux === flux &&
        other.correspondanceId === correspondanceId,
    );
    return Promise.resolve(
      this.ledger.envois.some(({ transmissionId }) => others.some((other) => other.id === transmissionId)),
    );
  }
}

/** Le dernier envoi ouvert d'une transmission, avec l'ouverture du premier. */
export function lastEnvoiOf({ envois }: InMemoryLedger, id: TransmissionId): OpenedEnvoi | null {
  const all = envois.filter(({ transmissionId }) => transmissionId === id);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return null;
  const { enveloppeId, ouvertLe } = last;
  return { enveloppeId, ouvertLe, premierOuvertLe: first.ouvertLe };
}
