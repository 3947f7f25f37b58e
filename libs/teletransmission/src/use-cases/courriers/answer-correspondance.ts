import type { Clock, IdSource, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Action } from '../../compte/permissions';
import type { Correspondance } from '../../correspondance/correspondance';
import { advanceCorrespondance } from '../../correspondance/correspondance';
import { readReponse } from '../../correspondance/reponse-rules';
import type { StoredFile } from '../../deliberation/deliberation';
import type { PieceJudges } from '../deposit/judge-pieces';
import { judgePieces } from '../deposit/judge-pieces';
import { evidenceOf } from '../deposit/verify-signatures';
import type { CorrespondanceId, DeliberationId, TransmissionId } from '../../ids';
import { isUuid } from '../../ids';
import type { ClassificationRepository } from '../../ports/actes/classifications';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import { problems } from '../../problems';
import { bearTransmission } from '../../transmission/new-transmission';

export interface AnswerCommand {
  readonly compte: Compte;
  readonly correspondanceId: CorrespondanceId;
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
}

/** Ce qu'une réponse lit et écrit. */
export interface AnswerPorts extends PieceJudges {
  readonly correspondances: CorrespondanceRepository;
  readonly classifications: ClassificationRepository;
}

/** Répond à une lettre de la préfecture : la réponse part sous sa propre enveloppe, et la lettre attend son accusé. */
export class AnswerCorrespondance {
  constructor(
    private readonly ports: AnswerPorts,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Une lettre. Celle d'une autre collectivité n'existe pas pour ce compte. */
  async consult(
    compte: Compte,
    id: string,
    action: Action = 'lire-courriers',
  ): Promise<Result<Correspondance>> {
    const found = isUuid(id) ? await this.ports.correspondances.find(id as CorrespondanceId) : null;
    return authorizeOn(compte, action, {
      found,
      ownerOf: ({ collectiviteId }) => collectiviteId,
      unknown: problems.unknownCorrespondance(id),
    });
  }

  /** Les lettres d'une délibération, que le compte a déjà le droit de voir. */
  listOf(deliberationId: DeliberationId): Promise<readonly Correspondance[]> {
    return this.ports.correspondances.listOf(deliberationId);
  }

  /** @returns la lettre en réponse, ou toutes les fautes de la réponse. */
  async execute(command: AnswerCommand): Promise<Result<Correspondance>> {
    const consulted = await this.consult(command.compte, command.correspondanceId, 'repondre-courrier');
    if (!consulted.ok) return consulted;
    const correspondance = consulted.value;
    const to = advanceCorrespondance(correspondance.state, 'answer-deposited', correspondance.flux);
    if (!to.ok) return to;
    const at = this.clock.now();
    const read = readReponse(
      command.dossier,
      correspondance,
      command.fichiers,
      await this.ports.classifications.current(correspondance.collectiviteId),
    );
    const {
      pieces,
      violations: faults,
      unopened,
    } = await judgePieces(read.pieces, this.ports, read.isBudget, at);
    const violations = [...read.violations, ...faults];
    const { flux } = read;
    if (violations.length > 0 || flux === null)
      return refuse(problems.invalidAnswer([...violations, ...unopened]));
    if (unopened.length > 0) return refuse(problems.piecesUnopened(unopened));
    const acteur = { kind: 'compte', id: command.compte.id, nom: command.compte.nom } as const;
    const { collectiviteId, deliberationId, identifiantActe, id: correspondanceId } = correspondance;
    const id = this.ids.next() as TransmissionId;
    const { transmission, audit, outbox } = bearTransmission(
      { id, deliberationId, collectiviteId, identifiantActe, correspondanceId, flux, since: at },
      {
        acteur,
        motif: null,
        preuve: { flux, ...evidenceOf(pieces) },
      },
    );
    const answered = await this.ports.correspondances.answer({
      correspondance,
      to: to.value,
      audit: {
        collectiviteId,
        deliberationId,
        sujet: 'correspondance',
        sujetId: correspondanceId,
        evenement: 'answer-deposited',
        etatAvant: correspondance.state,
        etatApres: to.value,
        instant: at,
        acteur,
        motif: null,
        preuve: { flux, reponse: id },
      },
      transmission,
      transmissionAudit: audit,
      pieces,
      outbox,
    });
    if (answered) return ok({ ...correspondance, state: to.value });
    const current = await this.ports.correspondances.find(correspondanceId);
    return refuse(problems.correspondanceEventRefused(current?.state ?? 'inconnu', 'answer-deposited', []));
  }
}
