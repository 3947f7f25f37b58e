import type { Instant } from '@teletransmission/kernel';
import type {
  EnvoiLease,
  EnvoiRepository,
  LiaisonId,
  OpenedEnvoi,
  OpenTransaction,
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
      if (answer.kind === 'accepted') envoi.reference ??= answer.reference ?? null;
      this.ledger.enqueue(outbox);
    }
    return Promise.resolve();
  }

  lastOf(id: TransmissionId): Promise<OpenedEnvoi | null> {
    return Promise.resolve(lastEnvoiOf(this.ledger, id));
  }

  openTransactions(
    liaisonId: LiaisonId,
    after: TransmissionId | null,
    limit: number,
  ): Promise<readonly OpenTransaction[]> {
    const open = [...this.ledger.transmissions.values()]
      .filter((one) => one.liaisonId === liaisonId && one.state === 'awaiting-ack')
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => after === null || id > after)
      .slice(0, limit);
    return Promise.resolve(
      open.map(({ id, enveloppeId, teletransmiseLe }) => ({
        transmissionId: id,
        nom: (enveloppeId && this.ledger.enveloppes.get(enveloppeId)?.archive?.nom) ?? '',
        reference:
          this.ledger.envois.findLast(
            (envoi) => envoi.enveloppeId === enveloppeId && envoi.reference !== null,
          )?.reference ?? null,
        teletransmiseLe,
      })),
    );
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
