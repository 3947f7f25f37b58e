import type { EnveloppeKey } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { CollectiviteId, EnveloppeId, TransmissionId } from '../../ids';
import type { Guichet } from '../../liaison/guichet';
import type { ActeDit } from '../../retour/acte-dit';
import type { FluxTransmis, StopReason, Transmission } from '../../transmission/transmission';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { Enveloppe } from '../../transmission/enveloppe';
import type { StateChange } from '../../transmission/change';
import type { Page } from '../../pagination/page';

/** Un départ remis à plus tard, et ce qu'on avait lu de la préfecture pour le remettre. */
export interface Postponement {
  readonly until: Instant;
  readonly reason: StopReason;
  readonly seen: {
    readonly guichet: Guichet;
    /** La version de ses réglages. */
    readonly version: number;
    /** La remise ne vaut que tant que la liaison est coupée. */
    readonly isCut: boolean;
  };
}

/** `isCurrent` faux : l'acte a été remis en file, et l'enveloppe remplacée. */
export interface MatchedEnveloppe {
  readonly transmission: Transmission;
  readonly isCurrent: boolean;
}

/** `moved: false` : quelqu'un d'autre a changé l'état depuis la lecture, ou appliqué le retour ; rien n'a été écrit. */
export type RecordOutcome =
  { readonly moved: true; readonly transmission: Transmission } | { readonly moved: false };

export interface TransmissionRepository {
  find(id: TransmissionId): Promise<Transmission | null>;
  /** La transmission vivante de ce flux, sinon la dernière, de cet identifiant exact. */
  findByIdentifiant(identifiantActe: string, flux: FluxTransmis): Promise<Transmission | null>;
  /** La transmission dont une enveloppe porte ce nom exact, et si c'est celle de son cycle. */
  findByEnveloppe(key: EnveloppeKey): Promise<MatchedEnveloppe | null>;
  /**
   * Les transmissions de ce flux dont l'acte est de ce SIREN, de ce jour, de cette nature, et de ce numéro à la casse et aux séparateurs
   * près, dans l'ordre de leur naissance.
   */
  findByActe(acte: ActeDit, flux: FluxTransmis): Promise<readonly Transmission[]>;
  /** Les réponses non retirées aux lettres de ce jour sur cet acte, dans l'ordre de leur naissance. */
  findReponses(
    identifiantActe: string,
    dateCourrier: CivilDate,
    fluxs: readonly FluxTransmis[],
  ): Promise<readonly Transmission[]>;
  /** La demande de nomenclature partie et sans réponse de cette collectivité. */
  findOpenClassification(siren: string): Promise<Transmission | null>;
  /** Les transmissions de cette collectivité refusées par la préfecture avec ce code. */
  findStopped(collectiviteId: CollectiviteId, code: string, limit: number): Promise<readonly Transmission[]>;
  /** Inscrit une transmission qui ne naît d'aucune autre, avec son audit et son travail. `false` : une semblable est déjà ouverte. */
  create(transmission: Transmission, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean>;
  /** La seule écriture d'un état, conditionnée à l'état et à la version lus. */
  record(change: StateChange): Promise<RecordOutcome>;
  /**
   * Remet le départ d'un acte sous enveloppe, avec son travail : même état, sans ouvrir d'envoi. `audit` nul : la raison n'a pas changé,
   * rien de neuf à dire. `false`, et rien n'est écrit : quelqu'un d'autre l'a fait avancer, ou la préfecture n'est plus celle qu'on a lue
   * — ce qui l'a changée a déjà réveillé ceux qui l'attendaient, et aurait manqué celui-ci.
   */
  postpone(
    transmission: Transmission,
    postponement: Postponement,
    audit: AuditEntry | null,
  ): Promise<boolean>;
  /** Plusieurs changements d'état ensemble, tous ou aucun. `false` : l'un d'eux avait bougé depuis sa lecture. */
  recordTogether(changes: readonly StateChange[]): Promise<boolean>;
  /**
   * L'enveloppe de ce cycle ; la première demande lui donne le prochain numéro du jour de l'émettrice, les suivantes rendent la même.
   * Un numéro n'est jamais réutilisé.
   */
  allocateEnveloppe(
    transmission: Transmission,
    siren: string,
    jour: CivilDate,
    id: EnveloppeId,
  ): Promise<Enveloppe>;
  findEnveloppe(id: EnveloppeId): Promise<Enveloppe | null>;
  /** Les transmissions dont l'accusé est attendu depuis trop longtemps et non encore signalées. */
  findOverdue(now: Instant, limit: number): Promise<readonly Transmission[]>;
  /** Les envois en cours dont le bail est échu : leur auteur est mort ou coupé. */
  findExpiredLeases(now: Instant, limit: number): Promise<readonly Transmission[]>;
  /**
   * Ce qui n'est pas fini — en chemin, incertain, en attente d'accusé, retenu ou refusé — dans l'ordre des identités, après celle-ci.
   */
  findUnfinished(after: TransmissionId | null, limit: number): Promise<readonly Transmission[]>;
  /**
   * Ce qui attend un travail depuis avant `before`, du plus ancien au plus récent, après ce curseur : de quoi reconstruire les files si
   * Redis a tout perdu.
   */
  findWaiting(
    now: Instant,
    before: Instant,
    after: string | null,
    limit: number,
  ): Promise<Page<OutboxMessage>>;
}
