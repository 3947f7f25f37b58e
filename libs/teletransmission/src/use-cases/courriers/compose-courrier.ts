import { FLUX } from '@teletransmission/actes';
import type { IdSource, Instant, Problem } from '@teletransmission/kernel';
import type { Actor, AuditEntry, Evidence } from '../../audit/audit-entry';
import type { TransmissionId } from '../../ids';
import type { ReceivedCourrier } from '../../ports/actes/correspondances';
import type { Retour } from '../../retour/retour';
import type { TransmissionBirth } from '../../transmission/new-transmission';
import { bearTransmission } from '../../transmission/new-transmission';
import type { FluxTransmis } from '../../transmission/transmission';
import type { Correspondance } from '../../correspondance/correspondance';

/** Une lettre qui s'ouvre, et d'où elle vient. */
export interface OpenedLettre {
  readonly correspondance: Correspondance;
  readonly retour: Retour;
  readonly retourAudit: AuditEntry;
  /** Ce qui se remarque du retour, et reste avec lui. */
  readonly remarque: Problem | null;
  /** La liaison l'a déjà accusée elle-même. */
  readonly isAcknowledged: boolean;
  readonly at: Instant;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence?: Evidence;
}

/** Ce qui s'écrit avec une lettre : son retour, son audit, et l'accusé que nous en rendons d'office. */
export function composeCourrier(lettre: OpenedLettre, ids: IdSource): ReceivedCourrier {
  const { correspondance, retour, retourAudit, remarque, at } = lettre;
  const { accuseAutomatique } = FLUX[correspondance.flux];
  return {
    correspondance,
    retourId: retour.id,
    retourFrom: retour.state,
    retourAudit,
    remarque,
    audit: {
      collectiviteId: correspondance.collectiviteId,
      deliberationId: correspondance.deliberationId,
      sujet: 'correspondance',
      sujetId: correspondance.id,
      evenement: correspondance.flux === '5-1' ? 'defere-received' : 'courrier-received',
      etatAvant: null,
      etatApres: correspondance.state,
      instant: at,
      acteur: lettre.actor,
      motif: lettre.reason ?? null,
      preuve: {
        flux: correspondance.flux,
        dateCourrier: correspondance.dateCourrier,
        echeance: correspondance.echeance,
        retour: retour.nom,
        empreinteMessage: correspondance.empreinteMessage,
        ...lettre.evidence,
      },
    },
    accuse:
      accuseAutomatique && !lettre.isAcknowledged
        ? accuseOf(correspondance, accuseAutomatique as FluxTransmis, ids.next() as TransmissionId, at)
        : null,
  };
}

function accuseOf(
  { id: correspondanceId, collectiviteId, deliberationId, identifiantActe }: Correspondance,
  flux: FluxTransmis,
  id: TransmissionId,
  since: Instant,
): TransmissionBirth {
  return bearTransmission(
    { id, deliberationId, collectiviteId, identifiantActe, correspondanceId, flux, since },
    { acteur: { kind: 'service' }, motif: 'Accusé rendu d’office.', preuve: { flux } },
  );
}
