import type { Gateways, Liaison, LiaisonId, PrefectureGateway } from '@teletransmission/teletransmission';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

/** Un adaptateur par liaison : la directe, et celles que l'essai branche. */
export class InMemoryGateways implements Gateways {
  private readonly wired = new Map<LiaisonId, PrefectureGateway>();

  constructor(direct: PrefectureGateway) {
    this.wired.set(LIAISON_DIRECTE, direct);
  }

  wire(id: LiaisonId, gateway: PrefectureGateway): void {
    this.wired.set(id, gateway);
  }

  of({ id }: Liaison): PrefectureGateway {
    const gateway = this.wired.get(id);
    if (!gateway) throw new Error(`Liaison ${id} sans adaptateur`);
    return gateway;
  }
}
