import { buildIdentifiantActe } from '@teletransmission/actes';
import type { IdSource, Instant } from '@teletransmission/kernel';
import type { Collectivite } from '../../collectivite/collectivite';
import type { Compte } from '../../compte/compte';
import type { AcceptedDossier } from '../../deliberation/deposit-rules';
import { evidenceOf } from './verify-signatures';
import type { DeliberationId, TransmissionId } from '../../ids';
import type { Deposit, IdempotencyKey } from '../../ports/actes/deliberations';
import { bearTransmission } from '../../transmission/new-transmission';

/** D'où vient un dépôt : qui, pour qui, quand, et ce qu'il corrige. */
export interface DepositOrigin {
  readonly compte: Compte;
  readonly collectivite: Collectivite;
  readonly at: Instant;
  readonly idempotency: IdempotencyKey | null;
  /** L'acte arrêté que ce dépôt remplace, et pourquoi. */
  readonly corrige: {
    readonly deliberationId: DeliberationId;
    readonly transmissionId: TransmissionId;
    readonly motif: string;
  } | null;
}

/** Compose tout ce qui s'écrit ensemble quand une délibération est déposée ; pour une correction, il y manque encore le remplacement. */
export function composeDeposit(
  { compte, collectivite, at, idempotency, corrige }: DepositOrigin,
  dossier: AcceptedDossier,
  ids: IdSource,
): Deposit {
  const deliberationId = ids.next() as DeliberationId;
  const transmissionId = ids.next() as TransmissionId;
  const { id: collectiviteId, siren, departement } = collectivite;
  const { dateDecision, numeroInterne, nature, objet, matiere, vote, pieces, pasAvant } = dossier;
  const identifiantActe = buildIdentifiantActe({ departement, siren, dateDecision, numeroInterne, nature });
  const { votants, pour, contre, abstentions } = vote;
  return {
    deliberation: {
      id: deliberationId,
      collectiviteId,
      identifiantActe,
      numeroInterne,
      nature,
      dateDecision,
      objet,
      matiere,
      vote,
      pieces,
      deposeeLe: at,
      deposeePar: compte.id,
      corrigeId: corrige?.deliberationId ?? null,
      pasAvant,
    },
    ...bearTransmission(
      {
        id: transmissionId,
        deliberationId,
        collectiviteId,
        identifiantActe,
        corrigeId: corrige?.transmissionId ?? null,
        flux: '1-1',
        since: at,
        notBefore: pasAvant,
      },
      {
        acteur: { kind: 'compte', id: compte.id, nom: compte.nom },
        motif: corrige?.motif ?? null,
        preuve: {
          identifiantActe,
          ...(corrige ? { corrige: corrige.deliberationId } : {}),
          ...(pasAvant ? { pasAvant } : {}),
          votants,
          pour,
          contre,
          abstentions,
          ...evidenceOf(pieces),
        },
      },
    ),
    superseded: null,
    receipt: { deliberationId, transmissionId, identifiantActe, deposeeLe: at },
    idempotency,
    reprendNumeroAnnule: dossier.reprendNumeroAnnule,
  };
}
