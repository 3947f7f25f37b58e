import type { Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorize } from '../../compte/permissions';
import type { ReleveReadings } from '../../ports/liaison/releves';
import type { ReleveEnEchec } from '../../retour/entree-amont';
import type { Page } from '../../pagination/page';

/**
 * Les retours que la préfecture annonce et que nous ne parvenons pas à relever. Rien ne dit encore de qui ils parlent : seul un compte de
 * toute la plateforme les voit.
 */
export class ConsultReleves {
  constructor(private readonly releves: ReleveReadings) {}

  /** Du plus ancien échec au plus récent. */
  async failing(compte: Compte, after: string | null, limit: number): Promise<Result<Page<ReleveEnEchec>>> {
    const allowed = authorize(compte, 'lire-retours', null);
    return allowed.ok ? ok(await this.releves.list(after, limit)) : allowed;
  }
}
