import type { Clock, IdSource, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../compte/compte';
import { authorize } from '../compte/permissions';
import type { Correspondance } from '../correspondance/correspondance';
import { advanceCorrespondance } from '../correspondance/correspondance';
import { checkReponse } from '../correspondance/reponse-rules';
import type { StoredFile } from '../deliberation/deliberation';
import type { CorrespondanceId, DeliberationId, TransmissionId } from '../ids';
import type { CorrespondanceRepository } from '../ports/correspondances';
import { problems } from '../problems';
import { newTransmission } from '../transmission/new-transmission';
import { INITIAL_TRANSMISSION_STATE } from '../transmission/transitions';

export interface AnswerCommand {
  readonly compte: Compte;
  readonly correspondanceId: CorrespondanceId;
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
}

/** Répond à une lettre de la préfecture : la réponse part sous sa propre enveloppe, et la lettre attend son accusé. */
export class AnswerCorrespondance {
  constructor(
    private readonly correspondances: CorrespondanceRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Une lettre. Celle d'une autre collectivité n'existe pas pour ce compte. */
  async consult(
    compte: Compte,
    id: string,
    action: 'lire-courriers' | 'repondre-courrier' = 'lire-courriers',
  ): Promise<Result<Correspondance>> {
    const found = UUID.test(id) ? await this.correspondances.find(id as CorrespondanceId) : null;
    const allowed = authorize(compte, action, found?.collectiviteId ?? compte.collectiviteId);
    if (!allowed.ok && allowed.problem.code !== 'compte/other-collectivite') return allowed;
    return found && allowed.ok ? ok(found) : refuse(problems.unknownCorrespondance(id));
  }

  /** Les lettres d'une délibération, que le compte a déjà le droit de voir. */
  listOf(deliberationId: DeliberationId): Promise<readonly Correspondance[]> {
    return this.correspondances.listOf(deliberationId);
  }

  /** @returns la lettre en réponse, ou toutes les fautes de la réponse. */
  async execute(command: AnswerCommand): Promise<Result<Correspondance>> {
    const consulted = await this.consult(command.compte, command.correspondanceId, 'repondre-courrier');
    if (!consulted.ok) return consulted;
    const correspondance = consulted.value;
    const to = advanceCorrespondance(correspondance.state, 'answer-deposited');
    if (!to.ok) return to;
    const accepted = checkReponse(command.dossier, correspondance, command.fichiers);
    if (!accepted.ok) return accepted;
    const { flux, pieces } = accepted.value;
    const at = this.clock.now();
    const acteur = { kind: 'compte', id: command.compte.id, nom: command.compte.nom } as const;
    const { collectiviteId, deliberationId, identifiantActe, id: correspondanceId } = correspondance;
    const id = this.ids.next() as TransmissionId;
    const transmission = newTransmission({
      id,
      deliberationId,
      collectiviteId,
      identifiantActe,
      correspondanceId,
      flux,
      since: at,
    });
    const common = { collectiviteId, deliberationId, instant: at, acteur, motif: null } as const;
    const answered = await this.correspondances.answer({
      correspondance,
      to: to.value,
      audit: {
        ...common,
        sujet: 'correspondance',
        sujetId: correspondanceId,
        evenement: 'answer-deposited',
        etatAvant: correspondance.state,
        etatApres: to.value,
        preuve: { flux, reponse: id },
      },
      transmission,
      transmissionAudit: {
        ...common,
        sujet: 'transmission',
        sujetId: id,
        evenement: 'deposited',
        etatAvant: null,
        etatApres: INITIAL_TRANSMISSION_STATE,
        preuve: {
          flux,
          ...Object.fromEntries(pieces.map((piece) => [`empreintePiece${piece.rang}`, piece.empreinte])),
        },
      },
      pieces,
      outbox: { job: 'seal-enveloppe', targetId: id, turn: transmission.version, notBefore: null },
    });
    if (answered) return ok({ ...correspondance, state: to.value });
    const current = await this.correspondances.find(correspondanceId);
    return refuse(problems.correspondanceEventRefused(current?.state ?? 'inconnu', 'answer-deposited', []));
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
