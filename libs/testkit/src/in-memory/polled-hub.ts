import type {
  LookUpAnswer,
  OpenTransaction,
  Outgoing,
  PendingPage,
  PendingRetour,
  PrefectureGateway,
  SubmitAnswer,
} from '@teletransmission/teletransmission';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { delivered } from './scripted-prefecture';

interface Transaction {
  readonly nom: string;
  readonly pieces: ReadonlyMap<string, Buffer>;
  readonly retours: { readonly sourceId: string; readonly nom: string; readonly bytes: Buffer }[];
}

/**
 * Un opérateur qui prend des pièces, donne un numéro à chaque transaction, et dont les retours se demandent transaction par transaction. Tout
 * le contraire de la liaison directe : ce que le domaine suppose d'elle à tort se voit ici.
 */
export class PolledHub implements PrefectureGateway {
  readonly source = 'transactions';
  readonly transactions = new Map<string, Transaction>();
  readonly settled = new Set<string>();
  /** Les transactions demandées, dans l'ordre. */
  readonly asked: string[] = [];
  cutsNext = false;
  losesBefore = false;
  lookUpAnswer: LookUpAnswer | null = null;
  private readonly answers: SubmitAnswer[] = [];

  answer(answer: SubmitAnswer): void {
    this.answers.push(answer);
  }

  deliver(nomArchive: string, nom: string, bytes: Buffer): void {
    const [reference, transaction] = this.find(nomArchive) ?? [];
    if (reference === undefined || !transaction) throw new Error(`${nomArchive} n’a pas été prise`);
    transaction.retours.push({ sourceId: `${reference}.${transaction.retours.length + 1}`, nom, bytes });
  }

  async submit(outgoing: Outgoing): Promise<SubmitAnswer> {
    if (outgoing.kind !== 'pieces') throw new Error('Cet opérateur ne prend que des pièces');
    const pieces = new Map<string, Buffer>();
    await outgoing.read(async (nom, _taille, content) => {
      pieces.set(nom, await buffer(content));
    });
    const answer = this.answers.shift() ?? { kind: 'accepted', code: 'hub/ok' };
    if (answer.kind !== 'accepted' && (answer.kind !== 'lost' || this.losesBefore)) return answer;
    const reference = String(4_711 + this.transactions.size);
    this.transactions.set(reference, { nom: outgoing.nom, pieces, retours: [] });
    return answer.kind === 'accepted' ? { ...answer, reference } : answer;
  }

  pendingRetours(): Promise<PendingPage> {
    return Promise.resolve({ entries: [], next: null });
  }

  retoursOf({ reference }: OpenTransaction): Promise<readonly PendingRetour[]> {
    if (reference === null) return Promise.resolve([]);
    this.asked.push(reference);
    const retours = this.transactions.get(reference)?.retours ?? [];
    return Promise.resolve(
      retours
        .filter(({ sourceId }) => !this.settled.has(sourceId))
        .map(({ sourceId, nom }) => ({ kind: 'retour' as const, sourceId, nom })),
    );
  }

  fetchRetour(sourceId: string): Promise<Readable> {
    const all = [...this.transactions.values()].flatMap(({ retours }) => retours);
    const retour = all.find((one) => one.sourceId === sourceId);
    if (!retour) return Promise.reject(new Error('prefecture/unexpected-answer'));
    const isCut = this.cutsNext;
    this.cutsNext = false;
    return Promise.resolve(Readable.from(delivered(retour.bytes, isCut), { objectMode: false }));
  }

  acknowledgeRetour(sourceId: string): Promise<void> {
    this.settled.add(sourceId);
    return Promise.resolve();
  }

  lookUp(nomArchive: string): Promise<LookUpAnswer> {
    const [reference] = this.find(nomArchive) ?? [];
    return Promise.resolve(this.lookUpAnswer ?? (reference === undefined ? 'absent' : { reference }));
  }

  private find(nomArchive: string): readonly [string, Transaction] | undefined {
    return [...this.transactions].find(([, { nom }]) => nom === nomArchive);
  }
}
