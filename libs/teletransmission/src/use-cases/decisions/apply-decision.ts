import type { Clock, IdSource, Instant, Result } from '@teletransmission/kernel';
import { civilDateAt, ok, refuse } from '@teletransmission/kernel';
import type { Actor, AuditEntry, Evidence } from '../../audit/audit-entry';
import { isAcknowledgedUpstream } from '../courriers/acknowledged-upstream';
import { composeCourrier } from '../courriers/compose-courrier';
import type { Correspondance } from '../../correspondance/correspondance';
import { echeanceOf } from '../../correspondance/correspondance';
import type { ContenuLu, Decision } from '../../decision/decision';
import { readEvidence } from '../../decision/decision-audit';
import { lectureOf } from '../../decision/hand-reading';
import type { Ground } from '../../decision/judge-decision';
import type { CollectiviteId, CorrespondanceId } from '../../ids';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { DecidedWrites, DecisionRepository } from '../../ports/actes/decisions';
import type { EnvoiRepository } from '../../ports/actes/envois';
import type { LiaisonRepository } from '../../ports/liaison/liaisons';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { changesOfRetour } from '../../retour/changes-of-retour';
import type { Retour } from '../../retour/retour';
import type { Transmission } from '../../transmission/transmission';
import type { SignalDefere } from '../courriers/signal-defere';
import { findAnnulledActe } from '../retours/find-annulled-acte';

export interface ApplyDecisionPorts {
  readonly transmissions: TransmissionRepository;
  readonly envois: EnvoiRepository;
  readonly collectivites: CollectiviteRepository;
  readonly decisions: DecisionRepository;
  readonly liaisons: Pick<LiaisonRepository, 'find'>;
}

/** Qui décide, et pourquoi, dans les mots du journal. */
interface Deciders {
  readonly at: Instant;
  readonly actor: Actor;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly remarque: { readonly code: string; readonly detail: string };
}

/**
 * Applique ce que des personnes ont lu d'un retour comme la lecture l'aurait fait : même table, mêmes effets, mêmes travaux ; le journal dit
 * qui a lu, pourquoi, et sur quels octets.
 */
export class ApplyDecision {
  constructor(
    private readonly ports: ApplyDecisionPorts,
    private readonly signal: SignalDefere,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** De quoi juger une décision sur cette transmission. */
  async groundOf(
    retour: Retour,
    retourCollectivite: CollectiviteId | null,
    transmission: Transmission,
  ): Promise<Ground> {
    const collectivite = await this.ports.collectivites.find(transmission.collectiviteId);
    if (!collectivite) throw new Error('Transmission sans collectivité');
    const sent = await this.ports.envois.lastOf(transmission.id);
    return { retour, retourCollectivite, transmission, collectivite, sent };
  }

  /** @returns la décision appliquée, ou `decision/moved-meanwhile` quand le retour, elle ou l'acte ont bougé. */
  async execute(decision: Decision, ground: Ground): Promise<Result<Decision>> {
    const writes = await this.writesOf(decision, ground);
    if (!writes.ok) return writes;
    const outcome = await this.ports.decisions.apply(decision, ground.retour, writes.value);
    if (outcome === 'lettre-known') return refuse(problems.lettreKnown());
    if (outcome === 'moved') return refuse(problems.decisionMoved());
    if (writes.value.kind === 'courrier') await this.signal.ofLettre(writes.value.courrier.correspondance);
    return ok(decision);
  }

  private async writesOf(decision: Decision, ground: Ground): Promise<Result<DecidedWrites>> {
    const { contenu } = decision;
    const { retour, transmission, sent, collectivite } = ground;
    const { at, actor, reason, evidence, remarque } = decidersOf(decision, retour, this.clock.now());
    const audit = retourAudit(decision, retour, { at, actor, reason, evidence });
    if (contenu.nature === 'lettre') {
      const correspondance = this.lettreOf(contenu, ground);
      const isAcknowledged = await isAcknowledgedUpstream(this.ports.liaisons, retour, correspondance.flux);
      const opened = {
        isAcknowledged,
        correspondance,
        retour,
        retourAudit: audit,
        remarque,
        at,
        actor,
        reason,
        evidence,
      };
      return ok({ kind: 'courrier', courrier: composeCourrier(opened, this.ids) });
    }
    const lecture = lectureOf(contenu, transmission.flux);
    if (!lecture) {
      const { collectiviteId, id: transmissionId } = transmission;
      const said = { flux: null, collectiviteId, transmissionId, ...remarque };
      return ok({ kind: 'settlement', settlement: { retour, to: 'applied', ...said, audit } });
    }
    const changes = changesOfRetour({
      retour,
      transmission,
      acte: await findAnnulledActe(this.ports.transmissions, transmission),
      lecture,
      sent,
      collectivite,
      at,
      mark: { from: retour.state, remarque, audit },
      decided: { actor, reason, evidence },
    });
    return changes.ok ? ok({ kind: 'changes', changes: changes.value }) : changes;
  }

  /** Le délai d'une lettre court du jour où elle est arrivée, non de celui où on l'a lue. Son document est le retour lui-même. */
  private lettreOf(
    { flux, dateCourrier, texte }: Extract<ContenuLu, { nature: 'lettre' }>,
    { retour, transmission, collectivite }: Ground,
  ): Correspondance {
    const { collectiviteId, deliberationId, identifiantActe } = transmission;
    if (deliberationId === null || identifiantActe === null) throw new Error('Lettre sans acte');
    const { nom: nomFichier, empreinte, tailleOctets, recuLe: recueLe } = retour;
    return {
      id: this.ids.next() as CorrespondanceId,
      collectiviteId,
      deliberationId,
      identifiantActe,
      flux,
      dateCourrier,
      texte,
      recueLe,
      echeance: echeanceOf(flux, civilDateAt(recueLe, collectivite.fuseau)),
      state: flux === '5-1' ? 'noted' : 'received',
      empreinteMessage: empreinte,
      documents: [{ rang: 0, nomFichier, empreinte, tailleOctets }],
    };
  }
}

function decidersOf(decision: Decision, { nom, empreinte }: Retour, at: Instant): Deciders {
  const { auteur, cloture, contenu, lu } = decision;
  const closing = cloture ?? auteur;
  const isSeconded = cloture !== null;
  return {
    at,
    actor: { kind: 'compte', id: closing.id, nom: closing.nom },
    reason: isSeconded ? `${auteur.nom} : ${auteur.motif} — ${cloture.nom} : ${cloture.motif}` : auteur.motif,
    evidence: {
      ...readEvidence(contenu),
      decision: decision.id,
      retour: nom,
      empreinteRetour: empreinte,
      lu,
      premier: auteur.nom,
      premierId: auteur.id,
      ...(isSeconded ? { second: cloture.nom, secondId: cloture.id } : {}),
    },
    remarque: {
      code: 'retour/decided',
      detail: `Lu et appliqué par ${auteur.nom}${isSeconded ? ` et ${cloture.nom}` : ''} : « ${lu} »`,
    },
  };
}

function retourAudit(
  { deliberationId, collectiviteId }: Decision,
  retour: Retour,
  { at, actor, reason, evidence }: Omit<Deciders, 'remarque'>,
): AuditEntry {
  return {
    collectiviteId,
    deliberationId,
    sujet: 'retour',
    sujetId: retour.id,
    evenement: 'retour-decided',
    etatAvant: retour.state,
    etatApres: 'applied',
    instant: at,
    acteur: actor,
    motif: reason,
    preuve: evidence,
  };
}
