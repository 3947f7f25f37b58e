import type { Log } from '@teletransmission/kernel';
import type {
  CircuitNews,
  CircuitWatch,
  OutgoingArchive,
  PendingPage,
  PrefectureGateway,
  SubmitAnswer,
} from '@teletransmission/teletransmission';
import type { Readable } from 'node:stream';
import { GatewayFailure } from '../gateway-failure';

/**
 * La liaison, qui dit au disjoncteur de la préfecture ce que chaque envoi apprend d'elle. Un refus de l'acte est une réponse : il ne coupe
 * rien. Une recherche qui échoue compte comme un envoi manqué ; qui aboutit, elle ne prouve rien des dépôts. La relève, commune à
 * toutes les préfectures, n'accuse aucune d'elles.
 */
export class BreakerGateway implements PrefectureGateway {
  constructor(
    private readonly inner: PrefectureGateway,
    private readonly watch: CircuitWatch,
    private readonly log: Log,
  ) {}

  get source(): string {
    return this.inner.source;
  }

  async submit(archive: OutgoingArchive, signal: AbortSignal): Promise<SubmitAnswer> {
    const answer = await this.inner.submit(archive, signal);
    await this.report(archive.departement, newsOf(archive.nom, answer));
    return answer;
  }

  async lookUp(nomArchive: string, departement?: string): Promise<'present' | 'absent' | 'unknown'> {
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
      await this.watch.report(departement, news);
    } catch (error) {
      this.log.error('disjoncteur non mis à jour', { code: 'prefecture/circuit-unknown' }, error);
    }
  }
}

function newsOf(archive: string, answer: SubmitAnswer): CircuitNews {
  if (answer.kind === 'accepted' || answer.kind === 'refused') return { kind: 'answered' };
  return { kind: 'failed', archive, code: answer.code, detail: answer.detail };
}
