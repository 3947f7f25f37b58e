import type { Empreinte, EnveloppeId, TransmissionId } from '../ids';
import type { CivilDate } from '@teletransmission/kernel';

/** Une enveloppe : son numéro du jour, puis, une fois scellée, son archive. */
export interface Enveloppe {
  readonly id: EnveloppeId;
  readonly transmissionId: TransmissionId;
  readonly cycle: number;
  readonly jour: CivilDate;
  readonly numero: number;
  readonly archive: SealedArchive | null;
}

export interface SealedArchive {
  readonly nom: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Comment un envoi s'est terminé. */
export type EnvoiOutcome = 'accepted' | 'deferred' | 'refused' | 'lost' | 'found' | 'absent' | 'answered';
