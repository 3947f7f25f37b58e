import type { Empreinte, EnveloppeId, TransmissionId } from '../ids';
import type { CivilDate } from '@teletransmission/kernel';

/** Le nom d'une enveloppe n'a que quatre chiffres pour son numéro du jour. */
export const ENVELOPPE_NUMERO_MAX = 9_999;

/** Les 9 999 numéros du jour de cette émettrice sont pris : l'acte attend demain, aucun numéro ne se réutilise. */
export class EnveloppeNumbersExhausted extends Error {
  readonly code = 'enveloppe/numbers-exhausted';
  readonly retry = 'later';

  constructor(siren: string, jour: CivilDate) {
    super(`${siren} ${jour}`);
    this.name = 'EnveloppeNumbersExhausted';
  }
}

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
export const ENVOI_OUTCOMES = [
  'accepted',
  'deferred',
  'refused',
  'lost',
  'found',
  'absent',
  'answered',
] as const;
export type EnvoiOutcome = (typeof ENVOI_OUTCOMES)[number];
