import type {
  LookUpAnswer,
  Outgoing,
  PendingPage,
  PrefectureGateway,
  SubmitAnswer,
  UnusableEntry,
} from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';

/** Une préfecture qui répond ce que le test lui dicte, et compte ce qu'elle a pris. */
export class ScriptedPrefecture implements PrefectureGateway {
  readonly source = 'directe';
  readonly taken: { readonly nom: string; readonly bytes: Buffer }[] = [];
  readonly acknowledged: string[] = [];
  private readonly answers: (() => SubmitAnswer | Promise<SubmitAnswer>)[] = [];
  private readonly mailbox = new Map<string, { readonly nom: string | null; readonly bytes: Buffer }>();
  lookUpAnswer: LookUpAnswer | null = null;
  /** Ce qui se passe pendant l'envoi, avant la réponse. */
  duringSubmit: () => Promise<void> = () => Promise.resolve();
  failAcknowledge: Error | null = null;
  /** Une réponse perdue l'est avant que l'archive ne soit prise. */
  losesBefore = false;
  /** Le prochain retour demandé se coupe au milieu. */
  cutsNext = false;

  answer(answer: SubmitAnswer): void {
    this.answers.push(() => answer);
  }

  deliver(sourceId: string, nom: string | null, bytes: Buffer): void {
    this.mailbox.set(sourceId, { nom, bytes });
  }

  /** Le signal du dernier envoi. */
  signal: AbortSignal | null = null;

  async submit(archive: Outgoing, signal?: AbortSignal): Promise<SubmitAnswer> {
    if (archive.kind !== 'archive') throw new Error('Cette préfecture ne prend que des archives');
    this.signal = signal ?? null;
    const chunks: Buffer[] = [];
    for await (const chunk of archive.content as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = await (
      this.answers.shift() ?? ((): SubmitAnswer => ({ kind: 'accepted', code: 'prefecture/http-201' }))
    )();
    if (answer.kind === 'accepted' || (answer.kind === 'lost' && !this.losesBefore))
      this.taken.push({ nom: archive.nom, bytes: Buffer.concat(chunks) });
    await this.duringSubmit();
    return answer;
  }

  /** Ce que la liste porte d'illisible, avant les retours. */
  readonly unusable: UnusableEntry[] = [];
  /** Rend un curseur avec chaque page, comme le font les liaisons qui savent. */
  hasCursor = true;

  pendingRetours(limit: number, after: string | null): Promise<PendingPage> {
    const waiting = [...this.mailbox].filter(([sourceId]) => !this.acknowledged.includes(sourceId));
    const all = [
      ...this.unusable.map((entry) => ({ key: entry.empreinte, entry })),
      ...waiting.map(([sourceId, { nom }]) => ({
        key: sourceId,
        entry: { kind: 'retour' as const, sourceId, nom },
      })),
    ];
    // L'ordre du dépôt demeure, qu'une entrée soit acquittée ou non : la suite d'une page se retrouve.
    const order = [...this.unusable.map(({ empreinte }) => empreinte), ...this.mailbox.keys()];
    const left = all.filter(({ key }) => after === null || order.indexOf(key) > order.indexOf(after));
    const page = left.slice(0, limit);
    const next = this.hasCursor && left.length > limit ? (page.at(-1)?.key ?? null) : null;
    return Promise.resolve({ entries: page.map(({ entry }) => entry), next });
  }

  retoursOf(): Promise<PendingPage['entries']> {
    return Promise.resolve([]);
  }

  fetchRetour(sourceId: string): Promise<Readable> {
    const mail = this.mailbox.get(sourceId);
    if (!mail) return Promise.reject(new Error('prefecture/unexpected-answer'));
    const isCut = this.cutsNext;
    this.cutsNext = false;
    return Promise.resolve(Readable.from(delivered(mail.bytes, isCut), { objectMode: false }));
  }

  acknowledgeRetour(sourceId: string): Promise<void> {
    if (this.failAcknowledge) {
      const error = this.failAcknowledge;
      this.failAcknowledge = null;
      return Promise.reject(error);
    }
    this.acknowledged.push(sourceId);
    return Promise.resolve();
  }

  lookUp(nomArchive: string): Promise<LookUpAnswer> {
    if (this.lookUpAnswer) return Promise.resolve(this.lookUpAnswer);
    return Promise.resolve(this.taken.some(({ nom }) => nom === nomArchive) ? 'present' : 'absent');
  }
}

/** Les octets d'un retour, entiers ou coupés au milieu. */
export function* delivered(bytes: Buffer, isCut: boolean): Generator<Buffer> {
  yield bytes.subarray(0, Math.ceil(bytes.length / 2));
  if (isCut) throw new Error('prefecture/unreachable');
  yield bytes.subarray(Math.ceil(bytes.length / 2));
}
