import type { CivilDate, Clock, Instant, Result } from '@teletransmission/kernel';
import { ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import type { Actor } from '../../audit/audit-entry';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Deliberation } from '../../deliberation/deliberation';
import type { DeliberationId } from '../../ids';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { DeliberationRepository } from '../../ports/actes/deliberations';
import type { Dossiers } from '../../ports/actes/dossiers';
import type { PublicationRepository } from '../../ports/actes/publications';
import { problems } from '../../problems';
import { adresseOf } from '../../collectivite/adresse';
import type { MoyenPublication } from '../../publication/moyens';
import type { DeclarationPublication, Publication } from '../../publication/publication';
import { advancePublication, checkPublicationDate } from '../../publication/publication';
import type { PublicationEvent } from '../../vies/publication-transitions';

export interface DeclarePublication {
  readonly compte: Compte;
  readonly deliberationId: DeliberationId;
  readonly datePublication: string;
  readonly adresse: string | null;
  /** Comment l'acte est publié ; une adresse, sans lui, dit un site. */
  readonly moyen: MoyenPublication | null;
}

export interface PublishPorts {
  readonly deliberations: DeliberationRepository;
  readonly publications: PublicationRepository;
  readonly collectivites: CollectiviteRepository;
  readonly dossiers: Pick<Dossiers, 'toPublish'>;
}

/** Au-delà, on ne se relit plus : quelque chose récrit sans cesse ce qu'on lit. */
const READINGS_MAX = 5;

interface Announcement {
  readonly event: PublicationEvent;
  readonly actor: Actor;
  readonly date: CivilDate;
  readonly adresse: string | null;
  readonly declaration: DeclarationPublication | null;
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

  /** Publication déclarée, par qui et comment. Redire la même date vaut une fois ; une autre date est refusée. */
  async declare(command: DeclarePublication): Promise<Result<CivilDate>> {
    const visible = authorizeOn(command.compte, 'declarer-publication', {
      found: await this.ports.deliberations.find(command.deliberationId),
      ownerOf: ({ collectiviteId }) => collectiviteId,
      unknown: problems.unknownDeliberation(command.deliberationId),
    });
    if (!visible.ok) return visible;
    const deliberation = visible.value;
    const date = this.checkDate(command, deliberation, this.clock.today(await this.fuseauOf(deliberation)));
    const moyen = command.moyen ?? (command.adresse === null ? null : 'site');
    const unfounded = moyen === null ? problems.unfoundedPublication() : null;
    if (!date.ok) {
      const violations = [...(date.problem.violations ?? []), ...(unfounded?.violations ?? [])];
      return refuse({ ...date.problem, violations });
    }
    if (moyen === null) return refuse(problems.unfoundedPublication());
    const at = this.clock.now();
    return this.publish(await this.publicationOf(deliberation.id), {
      event: 'publication-declared',
      actor: { kind: 'compte', id: command.compte.id, nom: command.compte.nom },
      date: date.value,
      adresse: command.adresse,
      declaration: { par: command.compte.id, le: at, moyen },
      at,
    });
  }

  /**
   * Publication qui suit l'accusé, à l'adresse que donne le site de la collectivité. Sans effet si elle ne l'a pas réglée ainsi, si elle
   * n'a pas réglé cette adresse — personne ne pourrait lire l'acte —, si l'acte est déjà publié, ou si son annulation est demandée.
   */
  async follow(deliberationId: DeliberationId): Promise<Result<CivilDate | null>> {
    const dossier = await this.ports.dossiers.toPublish(deliberationId);
    if (!dossier) return refuse(problems.unknownDeliberation(deliberationId));
    const { deliberation, collectivite, publication, isAcknowledged } = dossier;
    const modele = collectivite.publicationAutomatique ? collectivite.adresseDesActes : null;
    if (modele === null || publication.state !== 'unpublished' || !isAcknowledged) return ok(null);
    return this.publish(publication, {
      event: 'published-automatically',
      actor: { kind: 'service' },
      date: this.clock.today(collectivite.fuseau),
      adresse: adresseOf(modele, deliberation.identifiantActe),
      declaration: null,
      at: this.clock.now(),
    });
  }

  private async publish(read: Publication, announcement: Announcement): Promise<Result<CivilDate>> {
    // Deux déclarations qui se croisent : celle qui a gagné tranche, à la relecture.
    let publication = read;
    for (let left = READINGS_MAX; left > 0; left -= 1) {
      const published = await this.publishOnce(publication, announcement);
      if (published) return published;
      publication = await this.publicationOf(publication.deliberationId);
    }
    return refuse(problems.publicationContended());
  }

  private async publicationOf(deliberationId: DeliberationId): Promise<Publication> {
    const publication = await this.ports.publications.find(deliberationId);
    if (!publication) throw new Error('Délibération sans publication');
    return publication;
  }

  /** @returns `null` quand la publication a changé depuis sa lecture. */
  private async publishOnce(
    publication: Publication,
    announcement: Announcement,
  ): Promise<Result<CivilDate> | null> {
    if (publication.state === 'published' && publication.datePublication === announcement.date)
      return ok(announcement.date);
    const to = advancePublication(publication.state, announcement.event);
    if (!to.ok) return to;
    const recorded = await this.ports.publications.record({
      publication,
      to: to.value,
      datePublication: announcement.date,
      adresse: announcement.adresse,
      declaration: announcement.declaration,
      audit: this.auditOf(publication, to.value, announcement),
    });
    return recorded ? ok(announcement.date) : null;
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
      preuve: {
        datePublication: announcement.date,
        adresse: announcement.adresse,
        ...(announcement.declaration ? { moyen: announcement.declaration.moyen } : {}),
      },
    };
  }

  private checkDate(
    { datePublication }: DeclarePublication,
    { dateDecision }: Deliberation,
    today: CivilDate,
  ): Result<CivilDate> {
    const date = parseCivilDate(datePublication);
    if (date.ok) return checkPublicationDate(date.value, dateDecision, today);
    const { code, detail } = date.problem;
    return refuse({
      code: 'publication/invalid-date',
      detail,
      violations: [{ pointer: '/datePublication', code, detail }],
    });
  }

  private async fuseauOf(deliberation: Deliberation): Promise<string> {
    const collectivite = await this.ports.collectivites.find(deliberation.collectiviteId);
    if (!collectivite) throw new Error('Délibération sans collectivité');
    return collectivite.fuseau;
  }
}
