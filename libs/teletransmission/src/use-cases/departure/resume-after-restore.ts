import type { Clock, IdSource } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import { CONSOLE } from '../../compte/administration-entries';
import type { EnvoiId, TransmissionId } from '../../ids';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import type { TransmissionHappening } from '../../transmission/state-change';
import { changeState } from '../../transmission/state-change';
import { turnAfter } from '../../transmission/turn-after';
import type { Transmission } from '../../transmission/transmission';

/**
 * Où en est, la reprise faite, tout ce que la sauvegarde a trouvé inachevé : ce qu'elle vient d'arrêter et ce qui l'était déjà. C'est ce
 * qui reste à demander à la préfecture, et une reprise interrompue puis refaite en dit autant.
 */
export interface ResumeReport {
  /** Retenues : peut-être parties sous un nom que nous ne connaissons plus, ou remises en file depuis. */
  readonly retenues: number;
  /** Incertaines : la préfecture dira, par le nom de l'archive, si elle les a. */
  readonly incertaines: number;
  /** En retard : leur accusé a pu être relevé après la sauvegarde, et perdu avec le reste. */
  readonly enRetard: number;
  /** Refusées par la préfecture : peut-être remises en file, ou corrigées, depuis. */
  readonly refusees: number;
}

const BATCH = 200;
const MAYBE_SENT =
  'Restauration : l’acte attendait quand la sauvegarde s’est faite, et a pu partir depuis. Demandez à la préfecture si elle l’a, par son ' +
  'identifiant ; sinon, remettez-le en file.';
const MAYBE_STEERED =
  'Restauration : l’acte attendait sa date quand la sauvegarde s’est faite, et n’a pas pu partir depuis ; mais une décision prise entre-temps ' +
  '(retrait, correction) s’est peut-être perdue. S’il doit toujours partir, remettez-le en file : il attendra sa date.';
const MAYBE_ARRIVED =
  'Restauration : cette archive a pu partir après la sauvegarde ; la préfecture dira si elle l’a.';
const MAYBE_ACKNOWLEDGED =
  'Restauration : l’accusé a pu être relevé après la sauvegarde, et perdu avec elle. Demandez-le de nouveau à la préfecture.';

/**
 * Une base restaurée ne sait pas ce que le service a fait depuis la sauvegarde : rien de ce qui était en chemin ne repart avant d'avoir
 * été demandé à la préfecture. Ce qui a un nom d'archive se cherche seul ; ce qui n'en avait pas encore attend une personne.
 * Refaite, elle ne fait plus rien, et dit la même chose.
 */
export class ResumeAfterRestore {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly settleMs: number,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async execute(): Promise<ResumeReport> {
    const report = { retenues: 0, incertaines: 0, enRetard: 0, refusees: 0 };
    for (let after: TransmissionId | null = null; ;) {
      const batch: readonly Transmission[] = await this.transmissions.findUnfinished(after, BATCH);
      for (const transmission of batch) await this.resume(transmission, report);
      if (batch.length < BATCH) return report;
      after = batch.at(-1)?.id ?? after;
    }
  }

  private async resume(transmission: Transmission, report: Writable<ResumeReport>): Promise<void> {
    switch (transmission.state) {
      case 'queued':
        if (await this.happen(transmission, this.heldOf(transmission))) report.retenues += 1;
        return;
      case 'sealed': {
        const opened = await this.happen(transmission, this.openedOf(transmission));
        if (opened && (await this.happen(opened, this.lostOf(opened)))) report.incertaines += 1;
        return;
      }
      case 'sending':
        if (await this.happen(transmission, this.lostOf(transmission))) report.incertaines += 1;
        return;
      case 'awaiting-ack':
        if (transmission.isOverdue || (await this.happen(transmission, this.overdueOf(transmission))))
          report.enRetard += 1;
        return;
      case 'uncertain':
        report.incertaines += 1;
        return;
      case 'held':
        report.retenues += 1;
        return;
      case 'rejected':
        report.refusees += 1;
        return;
      default:
    }
  }

  private async happen(
    transmission: Transmission,
    happening: TransmissionHappening,
  ): Promise<Transmission | null> {
    const change = changeState(transmission, happening);
    if (!change.ok) throw new Error(change.problem.detail);
    const recorded = await this.transmissions.record(change.value);
    return recorded.moved ? recorded.transmission : null;
  }

  private heldOf({ notBefore }: Transmission): TransmissionHappening {
    const at = this.clock.now();
    const [code, detail] =
      notBefore !== null && notBefore > at
        ? ['restauration/maybe-steered', MAYBE_STEERED]
        : ['restauration/maybe-sent', MAYBE_SENT];
    return {
      event: 'put-on-hold',
      at,
      actor: CONSOLE,
      reason: detail,
      patch: { stopReason: { code, detail }, nextTurnAt: null },
    };
  }

  /** L'envoi qui a peut-être eu lieu : il s'ouvre pour pouvoir être tenu pour perdu. */
  private openedOf(transmission: Transmission): TransmissionHappening {
    const { enveloppeId } = transmission;
    if (enveloppeId === null) throw new Error('Transmission scellée sans enveloppe');
    const at = this.clock.now();
    const turn = transmission.turn + 1;
    const envoiId = this.ids.next() as EnvoiId;
    return {
      event: 'envoi-opened',
      at,
      actor: CONSOLE,
      reason: MAYBE_ARRIVED,
      evidence: { tour: turn },
      patch: { turn, nextTurnAt: null },
      effects: [{ kind: 'open-envoi', envoiId, enveloppeId, turn, leaseUntil: at }],
    };
  }

  private lostOf(transmission: Transmission): TransmissionHappening {
    const at = this.clock.now();
    const notBefore = addMs(at, this.settleMs);
    return {
      event: 'envoi-lost',
      at,
      actor: CONSOLE,
      reason: MAYBE_ARRIVED,
      evidence: { tour: transmission.turn },
      patch: { stopReason: { code: 'restauration/maybe-arrived', detail: MAYBE_ARRIVED } },
      outbox: [
        { job: 'reconcile-envoi', targetId: transmission.id, turn: turnAfter(transmission), notBefore },
      ],
    };
  }

  private overdueOf(transmission: Transmission): TransmissionHappening {
    return {
      event: 'ack-deadline-passed',
      at: this.clock.now(),
      actor: CONSOLE,
      reason: MAYBE_ACKNOWLEDGED,
      evidence: { echeance: transmission.ackDueAt },
      patch: { isOverdue: true },
    };
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
