import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { CollectiviteId, DeliberationId, Empreinte, RetourId, TransmissionId } from '../../ids';

/** Une réponse de la préfecture appliquée à un acte ou à son annulation, d'après le journal, et le retour brut qui la portait. */
export interface PreuveRecue {
  readonly transmissionId: TransmissionId;
  /** L'acte lui-même, ou le message qui demandait de l'annuler. */
  readonly flux: '1-1' | '6-1';
  readonly evenement: 'ar-received' | 'anomalie-received';
  readonly appliqueeLe: Instant;
  /** Ce que le message disait quand il a été appliqué. */
  readonly dit: {
    readonly dateReception: CivilDate | null;
    readonly nature: string | null;
    readonly detail: string | null;
  };
  /** Le message gardé comme document ; `null` pour ceux d'avant : ils se tirent du retour. */
  readonly message: { readonly type: string; readonly nom: string; readonly empreinte: Empreinte } | null;
  readonly retour: {
    readonly id: RetourId;
    readonly nom: string;
    readonly empreinte: Empreinte;
    readonly recuLe: Instant;
  };
}

/** La nomenclature d'une collectivité, telle que reçue. */
export interface NomenclatureRecue {
  readonly nom: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
  readonly retour: PreuveRecue['retour'];
}

/** Ce que la préfecture a répondu, dans l'ordre du journal. */
export interface PreuveReadings {
  /** Le message 7-2 appliqué en dernier ; `null` : aucun n'a été gardé comme document. */
  nomenclature(collectiviteId: CollectiviteId): Promise<NomenclatureRecue | null>;
  preuves(id: DeliberationId): Promise<readonly PreuveRecue[]>;
}
