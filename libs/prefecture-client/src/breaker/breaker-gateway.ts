import type { Departement } from '@teletransmission/actes';
import type { Log } from '@teletransmission/kernel';
import type {
  CircuitNews,
  CircuitWatch,
  LiaisonId,
  LookUpAnswer,
  OpenTransaction,
  Outgoing,
  PendingPage,
  PrefectureGateway,
  SubmitAnswer,
} from '@teletransmission/teletransmission';
import type { Readable } from 'node:stream';
import { GatewayFailure } from '../gateway-failure';

/**
 * Une liaison, qui dit au disjoncteur du guichet ce que chaque envoi apprend de lui. Un refus de l'acte est une réponse : il ne coupe
 * rien. Une recherche qui échoue compte comme un envoi manqué ; qui aboutit, elle ne prouve rien des dépôts. La relève, commune à
 * tous ses guichets, n'accuse aucun d'eux.
 */
export class BreakerGateway implements PrefectureGateway {
  constructor(
    private readonly inner: PrefectureGateway,
    private readonly liaisonId: LiaisonId,
    private readonly watch: CircuitWatch,
    private readonly log: Log,
  ) {}

  get source(): string {
    return this.inner.source;
  }

  async submit(outgoing: Outgoing, signal: AbortSignal): Promise<SubmitAnswer> {
    const answer = await this.inner.submit(outgoing, signal);
    await this.report(outgoing.departement, newsOf(outgoing.nom, answer));
    return answer;
  }

  async lookUp(nomArchive: string, departement?: string): Promise<LookUpAnswer> {
    try {
      return await this.inner.lookUp(nomArchive, departement);
    } catch (error) {
      if (error instanceof GatewayFailure) {
        const detail = 'La préfecture ne répond pas à nos questions.';
        await this.report(departement, { kind: 'failed', archive: nomArchive, code: error.code, detail });
      }
      throw error;
    }
  }

  pendingRetours(limit: number, after: string | null): Promise<PendingPage> {
    return this.inner.pendingRetours(limit, after);
  }

  retoursOf(transaction: OpenTransaction): Promise<PendingPage['entries']> {
    return this.inner.retoursOf(transaction);
  }

  fetchRetour(sourceId: string): Promise<Readable> {
    return this.inner.fetchRetour(sourceId);
  }

  acknowledgeRetour(sourceId: string): Promise<void> {
    return this.inner.acknowledgeRetour(sourceId);
  }

  /** La réponse de la préfecture ne se perd pas parce que le disjoncteur n'a pu la noter. */
  private async report(departement: string | undefined, news: CircuitNews): Promise<void> {
    if (departement === undefined) return;
    try {
      await this.watch.report({ liaisonId: this.liaisonId, departement: departement as Departement }, news);
    } catch (error) {
      this.log.error('disjoncteur non mis à jour', { code: 'prefecture/circuit-unknown' }, error);
    }
  }
}

function newsOf(archive: string, answer: SubmitAnswer): CircuitNews {
  if (answer.kind === 'accepted' || answer.kind === 'refused') return { kind: 'answered' };
  return { kind: 'failed', archive, code: answer.code, detail: answer.detail };
}
