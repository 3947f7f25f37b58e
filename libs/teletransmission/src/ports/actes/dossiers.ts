import type { Instant } from '@teletransmission/kernel';
import type { Classification } from '../../classification/classification';
import type { Collectivite } from '../../collectivite/collectivite';
import type { Deliberation } from '../../deliberation/deliberation';
import type { DeliberationId, TransmissionId } from '../../ids';
import type { Publication } from '../../publication/publication';
import type { Enveloppe, SealedArchive } from '../../transmission/enveloppe';
import type { OpenedEnvoi } from '../../transmission/envoi';
import type { Transmission } from '../../transmission/transmission';
import type { Destination, SealingRoute } from '../liaison/prefectures';

/** Ce qu'un dépôt lit avant de juger son dossier. */
export interface DossierToDeposit {
  readonly collectivite: Collectivite;
  readonly classification: Classification | null;
}

/** Ce que la mise sous enveloppe lit. */
export interface DossierToSeal {
  readonly transmission: Transmission;
  readonly deliberation: Deliberation | null;
  readonly collectivite: Collectivite;
  readonly classification: Classification | null;
  /** Celle du cycle, si un passage d'avant l'a déjà prise. */
  readonly enveloppe: Enveloppe | null;
  /** Par où il partira ; `null` : sa collectivité n'est reliée à aucune liaison. */
  readonly route: SealingRoute | null;
}

/** Ce que l'envoi lit. */
export interface DossierToSubmit {
  readonly transmission: Transmission;
  readonly archive: SealedArchive | null;
  /** `null` tant que l'acte n'est pas sous enveloppe : sa liaison se fixe alors. */
  readonly destination: Destination | null;
}

/** Ce que la publication qui suit l'accusé lit. */
export interface DossierToPublish {
  readonly deliberation: Deliberation;
  readonly collectivite: Collectivite;
  readonly publication: Publication;
  /** Vrai quand la transmission vivante de l'acte, ou sa dernière, est la sienne et qu'elle est acquittée. */
  readonly isAcknowledged: boolean;
}

/** Ce qui entoure une transmission dont un retour parle. */
export interface Surroundings {
  readonly collectivite: Collectivite;
  /** Son dernier envoi ouvert ; `null` : elle n'a jamais rien envoyé. */
  readonly sent: OpenedEnvoi | null;
}

/**
 * Tout ce qu'un travail du chemin d'un acte a besoin de savoir, lu ensemble : une photographie d'un même instant, et un seul aller-retour.
 * Ce qui s'écrit ensuite garde ses conditions, car elle peut avoir vieilli.
 */
export interface Dossiers {
  /** `null` : pas de telle collectivité. */
  toDeposit(siren: string): Promise<DossierToDeposit | null>;
  /** @param at l'instant dont vaut le rattachement de sa collectivité. `null` : pas de telle transmission. */
  toSeal(id: TransmissionId, at: Instant): Promise<DossierToSeal | null>;
  /** `null` : pas de telle transmission. */
  toSubmit(id: TransmissionId): Promise<DossierToSubmit | null>;
  /** `null` : pas de telle délibération. */
  toPublish(id: DeliberationId): Promise<DossierToPublish | null>;
  /** @throws Error quand la transmission n'existe pas. */
  around(id: TransmissionId): Promise<Surroundings>;
}
