import { aPdf } from '@teletransmission/testkit';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Depositor } from '../processes/own-instance';

/** Une réponse que le déposant a reçue et notée. */
export interface DepositAnswer {
  readonly status: number;
  readonly id: string;
  readonly identifiantActe: string;
  readonly isReplay: boolean;
}

/** Un acte du livre du déposant : ce qu'il a envoyé, ce qu'on lui a dit. */
export interface DepositedActe {
  readonly siren: string;
  readonly numeroInterne: string;
  readonly cle: string;
  /** SHA-256 de ses pièces, dans l'ordre. */
  readonly empreintes: readonly string[];
  readonly answers: DepositAnswer[];
  tries: number;
}

const ANSWER_WITHIN_MS = 15_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * Le logiciel des collectivités, prudent : il répète la même demande sous la même clé tant qu'il n'a pas de réponse, ou que la réponse
 * est une panne, et note tout ce qu'on lui répond.
 */
export class DepositorBook {
  readonly actes: DepositedActe[] = [];
  answered = 0;

  constructor(
    private readonly api: string,
    private readonly depositors: readonly Depositor[],
    private readonly seed: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Dépose `count` actes depuis le rang `from`, `concurrency` de front ; `mayStart` retient le déposant jusqu'à ce que l'acte de ce rang puisse partir. */
  async depositAll(
    count: number,
    concurrency: number,
    mayStart: (rank: number) => Promise<void>,
    from = 0,
  ): Promise<void> {
    let next = from;
    const depositSome = async (): Promise<void> => {
      while (next < from + count) {
        const rank = next;
        next += 1;
        await mayStart(rank);
        await this.deposit(rank);
        this.answered += 1;
      }
    };
    await Promise.all(Array.from({ length: concurrency }, depositSome));
  }

  private async deposit(rank: number): Promise<void> {
    const depositor = this.depositors[rank % this.depositors.length];
    if (!depositor) throw new Error('Aucun déposant');
    const numeroInterne = `M${String(rank).padStart(6, '0')}`;
    const pieces = piecesOf(this.seed, rank);
    const acte: DepositedActe = {
      siren: depositor.siren,
      numeroInterne,
      cle: `marteau-${this.seed}-${numeroInterne}`,
      empreintes: pieces.map(({ octets }) => createHash('sha256').update(octets).digest('hex')),
      answers: [],
      tries: 0,
    };
    this.actes.push(acte);
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      this.signal.throwIfAborted();
      acte.tries += 1;
      const answer = await this.ask(acte, depositor.jeton, pieces);
      if (answer) {
        acte.answers.push(answer);
        return;
      }
      await delay(waitMs, undefined, { signal: this.signal });
    }
  }

  /** @returns la réponse, ou `null` quand il faut redemander. @throws quand le refus est définitif : le marteau se trompe. */
  private async ask(
    acte: DepositedActe,
    jeton: string,
    pieces: readonly Piece[],
  ): Promise<DepositAnswer | null> {
    const { status, text, isReplay } = await this.send(acte, jeton, pieces);
    if (status === 0 || status === 429 || status >= 500) return null;
    const body = JSON.parse(text) as { id?: string; identifiantActe?: string };
    if (status !== 201 && status !== 409) throw new Error(`Dépôt refusé (${status}) : ${text}`);
    return { status, id: body.id ?? '', identifiantActe: body.identifiantActe ?? '', isReplay };
  }

  private async send(
    acte: DepositedActe,
    jeton: string,
    pieces: readonly Piece[],
  ): Promise<{ readonly status: number; readonly text: string; readonly isReplay: boolean }> {
    const [document, ...annexes] = pieces;
    const dossier = {
      collectivite: acte.siren,
      numeroInterne: acte.numeroInterne,
      dateDecision: '2022-10-20',
      objet: `Acte d'essai ${acte.numeroInterne}`,
      matiere: '8.1',
      vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
      document: { fichier: document?.nom },
      annexes: annexes.map(({ nom }) => ({ fichier: nom, typePiece: '99_DE' })),
    };
    const body = new FormData();
    body.append('dossier', JSON.stringify(dossier));
    for (const { nom, octets } of pieces) body.append('fichiers', new Blob([octets]), nom);
    try {
      const response = await fetch(`${this.api}/v1/deliberations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${jeton}`, 'idempotency-key': acte.cle },
        body,
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      const isReplay = response.headers.get('idempotency-replayed') === 'true';
      return { status: response.status, text: await response.text(), isReplay };
    } catch {
      return { status: 0, text: '', isReplay: false };
    }
  }
}

interface Piece {
  readonly nom: string;
  readonly octets: Uint8Array<ArrayBuffer>;
}

/** Les pièces d'un acte : deux ou trois kilo-octets que nul autre acte n'a, si bien que leur empreinte le désigne. */
function piecesOf(seed: number, rank: number): readonly Piece[] {
  const piece = (nom: string): Piece => {
    const lines = Array.from({ length: 30 }, (_, n) =>
      createHash('sha256').update(`${seed}/${rank}/${nom}/${n}`).digest('hex'),
    );
    return { nom, octets: new Uint8Array(aPdf(lines.join('\n'))) };
  };
  return rank % 3 === 0 ? [piece('extrait.pdf'), piece('annexe.pdf')] : [piece('extrait.pdf')];
}
