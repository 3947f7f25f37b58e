import type { Clock, IdSource } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type { Alerte } from '../../alerte/alerte';
import { alerteDetail } from '../../alerte/labels.fr';
import type { AlerteSeuils } from '../../alerte/seuils';
import { DEFERE } from '../../alerte/seuils';
import type { Correspondance } from '../../correspondance/correspondance';
import type { AlerteRepository } from '../../ports/lectures/alertes';
import type { RetourSettlement } from '../../retour/settlement';
import { TRAY_STATES } from '../../vies/retour-transitions';

/**
 * Un déféré est ce qui peut arriver de plus grave : il se signale dès son application, sans attendre le balayage. Celui-ci le signalerait de
 * même si tout s'arrêtait ici ; une seule alerte s'ouvre. L'événement `defere-received` du journal est celui dont partirait un courriel.
 */
export class SignalDefere {
  constructor(
    private readonly alertes: Pick<AlerteRepository, 'open'>,
    private readonly seuils: AlerteSeuils,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Signale un déféré joint à son acte. */
  async ofLettre({ id, flux, collectiviteId, deliberationId, recueLe }: Correspondance): Promise<void> {
    if (flux !== DEFERE) return;
    await this.open({
      genre: 'defere',
      sujet: 'correspondance',
      sujetId: id,
      collectiviteId,
      deliberationId,
      depuis: recueLe,
    });
  }

  /** Signale un déféré que rien n'a pu joindre à son acte. */
  async ofRetour({ retour, to, flux, collectiviteId }: RetourSettlement): Promise<void> {
    if (flux !== DEFERE || !isOneOf(TRAY_STATES, to)) return;
    await this.open({
      genre: 'defere-au-bac',
      sujet: 'retour',
      sujetId: retour.id,
      collectiviteId,
      deliberationId: null,
      depuis: retour.recuLe,
    });
  }

  private async open(alerte: Omit<Alerte, 'id' | 'ouverteLe' | 'detail'>): Promise<void> {
    const detail = alerteDetail(alerte.genre, this.seuils);
    await this.alertes.open([{ ...alerte, id: this.ids.next(), ouverteLe: this.clock.now(), detail }]);
  }
}
