import type { CivilDate, Clock, Instant, Result } from '@teletransmission/kernel';
import { ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import type { Actor } from '../audit/audit-entry';
import type { Compte } from '../compte/compte';
import { authorize } from '../compte/permissions';
import type { Deliberation } from '../deliberation/deliberation';
import type { DeliberationId } from '../ids';
import type { CollectiviteRepository } from '../ports/collectivites';
import type { DeliberationRepository } from '../ports/deliberations';
import type { PublicationRepository } from '../ports/publications';
import { problems } from '../problems';
import type { Publication } from '../publication/publication';
import { advancePublication, checkPublicationDate } from '../publication/publication';
import type { PublicationEvent } from '../publication/transitions';

export interface DeclarePublication {
  readonly compte: Compte;
  readonly deliberationId: DeliberationId;
  readonly datePublication: string;
  readonly adresse: string | null;
}

export interface PublishPorts {
  readonly deliberations: DeliberationRepository;
  readonly publications: PublicationRepository;
  readonly collectivites: CollectiviteRepository;
}

interface Announcement {
  readonly event: PublicationEvent;
  readonly actor: Actor;
  readonly date: CivilDate;
  readonly adresse: string | null;
  readonly at: Instant;
}

/**
 * Étape 8 : la publication est déclarée par un agent, ou suit l'accusé de réception quand la collectivité met ses actes en ligne
 * d'elle-même. La date exécutoire en découle (voir `executoire.ts`).
 */
export class PublishDeliberation {
  constructor(
    private readonly ports: PublishPorts,
    private readonly clock: Clock,
  ) {}

  /** Publication déclarée. Redire la même date vaut une fois ; une autre date est refusée. */
  async declare(command: DeclarePublication): Promise<Result<CivilDate>> {
    const deliberation = await this.ports.deliberations.find(command.deliberationId);
    const allowed = authorize(command.compte, 'declarer-publication', deliberation?.collectiviteId ?? null);
    if (!deliberation || (!allowed.ok && allowed.problem.code === 'compte/other-collectivite')) {
      return refuse(problems.unknownDeliberation(command.deliberationId));
    }
    if (!allowed.ok) return allowed;
    const date = parseCivilDate(command.datePublication);
    if (!date.ok) {
      const { code, detail } = date.problem;
      return refuse({
        code: 'publication/invalid-date',
        detail,
        violations: [{ pointer: '/datePublication', code, detail }],
      });
    }
    const today = this.clock.today(await this.fuseauOf(deliberation));
    const checked = checkPublicationDate(date.value, deliberation.dateDecision, today);
    if (!checked.ok) return checked;
    const actor: Actor = { kind: 'compte', id: command.compte.id, nom: command.compte.nom };
    return this.publish(deliberation, {
      event: 'publication-declared',
      actor,
      date: checked.value,
      adresse: command.adresse,
      at: this.clock.now(),
    });
  }

  /** Publication qui suit l'accusé. Sans effet si la collectivité ne l'a pas réglée ainsi ou si l'acte est déjà publié. */
  async follow(deliberationId: DeliberationId): Promise<Result<CivilDate | null>> {
    const deliberation = await this.ports.deliberations.find(deliberationId);
    if (!deliberation) return refuse(problems.unknownDeliberation(deliberationId));
    const collectivite = await this.ports.collectivites.find(deliberation.collectiviteId);
    const publication = await this.ports.publications.find(deliberationId);
    if (!collectivite?.publicationAutomatique || publication?.state !== 'unpublished') return ok(null);
    return this.publish(deliberation, {
      event: 'published-automatically',
      actor: { kind: 'service' },
      date: this.clock.today(collectivite.fuseau),
      adresse: null,
      at: this.clock.now(),
    });
  }

  private async publish(deliberation: Deliberation, announcement: Announcement): Promise<Result<CivilDate>> {
    const publication = await this.ports.publications.find(deliberation.id);
    if (!publication) throw new Error('Délibération sans publication');
    if (publication.state === 'published' && publication.datePublication === announcement.date)
      return ok(announcement.date);
    const to = advancePublication(publication.state, announcement.event);
    if (!to.ok) return to;
    const recorded = await this.ports.publications.record({
      publication,
      to: to.value,
      datePublication: announcement.date,
      adresse: announcement.adresse,
      audit: this.auditOf(publication, to.value, announcement),
    });
    // Deux déclarations se sont croisées : celle qui a gagné tranche.
    return recorded ? ok(announcement.date) : this.publish(deliberation, announcement);
  }

  private auditOf(
    publication: Publication,
    etatApres: string,
    announcement: Announcement,
  ): Parameters<PublicationRepository['record']>[0]['audit'] {
    return {
      collectiviteId: publication.collectiviteId,
      deliberationId: publication.deliberationId,
      sujet: 'publication',
      sujetId: publication.deliberationId,
      evenement: announcement.event,
      etatAvant: publication.state,
      etatApres,
      instant: announcement.at,
      acteur: announcement.actor,
      motif: null,
      preuve: { datePublication: announcement.date, adresse: announcement.adresse },
    };
  }

  private async fuseauOf(deliberation: Deliberation): Promise<string> {
    const collectivite = await this.ports.collectivites.find(deliberation.collectiviteId);
    if (!collectivite) throw new Error('Délibération sans collectivité');
    return collectivite.fuseau;
  }
}
