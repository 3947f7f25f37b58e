import type { AuditEntry } from '../../audit/audit-entry';
import type { Constat } from '../../outcome/constat';
import type { Transmission } from '../../transmission/transmission';

/** Ce que des opérateurs ont constaté d'un envoi incertain. */
export interface ConstatRepository {
  /** Garde le constat d'un compte pour cet envoi, à la place du sien. `false` : il avait déjà dit la même chose, rien n'est écrit. */
  keep(constat: Constat, audit: AuditEntry): Promise<boolean>;
  /** Les constats de l'envoi en cours de cette transmission. */
  listOf(transmission: Pick<Transmission, 'id' | 'cycle' | 'turn'>): Promise<readonly Constat[]>;
}
