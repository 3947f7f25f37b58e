import type { Clock } from '@teletransmission/kernel';
import type { Collectivite } from '../../collectivite/collectivite';
import type { EnvoiRepository } from '../../ports/actes/envois';
import type { RetourRepository } from '../../ports/actes/retours';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { isAnomalie } from '../../retour/anomalie';
import { changesOfRetour } from '../../retour/changes-of-retour';
import { isClassification } from '../../retour/judge-classification';
import { judgeRetour } from '../../retour/judge-retour';
import type { RetourCase } from '../../retour/policy';
import { RETOUR_POLICY } from '../../retour/policy';
import type { ReadMessage } from '../../retour/read-retour';
import type { Retour } from '../../retour/retour';
import { dateBruteOf } from '../../retour/retour-happening';
import type { Verdict } from '../../retour/verdict';
import { problemOf, remarqueOf, retourAuditOf } from '../../retour/verdict';
import type { OpenedEnvoi } from '../../transmission/envoi';
import type { AdoptClassification } from '../classification/adopt-classification';
import { findAnnulledActe } from './find-annulled-acte';
import type { Concerned } from './find-concerned';
import type { KeepMessage } from './keep-message';

export interface ReplyPorts {
  readonly retours: Pick<RetourRepository, 'hasAppliedTwin'>;
  readonly transmissions: TransmissionRepository;
  readonly envois: Pick<EnvoiRepository, 'wasSentAsAnother'>;
}

/** Un message qui répond à l'une de nos transmissions, et de qui elle est. */
export interface Reply {
  readonly retour: Retour;
  readonly message: ReadMessage;
  readonly concerned: Extract<Concerned, { kind: 'transmission' }>;
  readonly collectivite: Collectivite;
  readonly sent: OpenedEnvoi | null;
  /** La transmission est une demande de nomenclature, et l'attend encore. */
  readonly isAsking: boolean;
  /** Le retour ne porte que lui : l'appliquer règle le retour. */
  readonly isOnlyMessage: boolean;
}

/** La réponse de la préfecture à une transmission : la politique la juge, et ce qu'elle change s'écrit d'un coup. */
export class ApplyReply {
  constructor(
    private readonly ports: ReplyPorts,
    private readonly adopt: AdoptClassification,
    private readonly keep: KeepMessage,
    private readonly clock: Clock,
  ) {}

  /** @returns `null` quand un état a changé depuis sa lecture : rien n'est écrit. */
  async execute(reply: Reply): Promise<Verdict | null> {
    const { message, concerned } = reply;
    const { lecture } = message;
    const { transmission, remarque: found } = concerned;
    const of = await this.judge(reply);
    const verdict: Verdict = { case: of, flux: lecture.type, transmission, problem: null, found };
    if (RETOUR_POLICY[of].event !== 'retour-applied')
      return { ...verdict, problem: problemOf(of, dateBruteOf(lecture)) };
    return this.record(reply, verdict);
  }

  private async judge(reply: Reply): Promise<RetourCase> {
    const { retour, message, concerned, collectivite, sent, isAsking } = reply;
    const { lecture } = message;
    if (isClassification(lecture)) return this.adopt.judge(retour, lecture, collectivite, isAsking);
    const { transmission, isCurrentEnveloppe } = concerned;
    const isEcho = isAnomalie(lecture) && (await this.ports.retours.hasAppliedTwin(retour));
    const { fuseau } = collectivite;
    const { recuLe } = retour;
    const of = judgeRetour({ lecture, transmission, isCurrentEnveloppe, isEcho, sent, recuLe, fuseau });
    if (of !== 'accuse-veille') return of;
    // Sous la même identité, un envoi d'avant explique cette date mieux qu'un autre fuseau : c'est peut-être de lui qu'on parle.
    return (await this.ports.envois.wasSentAsAnother(transmission)) ? 'accuse-anterieur' : of;
  }

  private async record(
    { retour, message, concerned, collectivite, sent, isOnlyMessage }: Reply,
    verdict: Verdict,
  ): Promise<Verdict | null> {
    const { transmission } = concerned;
    const at = this.clock.now();
    const changes = changesOfRetour({
      retour,
      message: await this.keep.execute(retour, message),
      transmission,
      acte: await findAnnulledActe(this.ports.transmissions, transmission),
      lecture: message.lecture,
      sent,
      collectivite,
      at,
      mark: {
        remarque: remarqueOf(verdict),
        audit: isOnlyMessage ? retourAuditOf(retour, verdict, at) : null,
      },
    });
    if (!changes.ok) return { ...verdict, case: 'message-inattendu', problem: changes.problem };
    return (await this.ports.transmissions.recordTogether(changes.value)) ? verdict : null;
  }
}
