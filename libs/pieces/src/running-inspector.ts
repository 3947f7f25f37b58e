import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import path from 'node:path';
import type { FromChild, ToChild } from './child/messages';
import type { ReadableContent } from './content/readable-content';

/** Ce qu'on attend de lui : qu'il soit prêt, ou son avis ; ou rien, parce qu'il n'a pas fini à temps, s'est épuisé, ou s'est arrêté. */
export type Opening =
  | Extract<FromChild, { kind: 'ready' | 'inspected' }>
  | { readonly kind: 'too-long' | 'out-of-memory' | 'stopped' }
  | { readonly kind: 'unreadable'; readonly cause: unknown };

/** Un processus d'ouverture démarré. Il ouvre un contenu à la fois ; tué ou mort, il ne sert plus. */
export class RunningInspector {
  private settle: (opening: Opening) => void = () => undefined;
  private content: ReadableContent | null = null;
  isDead = false;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (message: FromChild) => {
      this.hear(message);
    });
    child.on('error', () => {
      this.end({ kind: 'stopped' });
    });
    child.on('exit', (_code, signal) => {
      // V8 s'arrête ainsi quand le tas est plein.
      this.end({ kind: signal === 'SIGABRT' ? 'out-of-memory' : 'stopped' });
    });
  }

  /** Démarre un processus, dont le tas ne dépassera pas `heapMib`, et attend qu'il soit prêt. @returns `null` s'il ne l'est pas à temps. */
  static async start(heapMib: number, withinMs: number): Promise<RunningInspector | null> {
    const child = fork(path.join(__dirname, 'child', 'main.cjs'), [], {
      execArgv: [`--max-old-space-size=${heapMib}`],
      // Ni nos secrets, ni notre console : il n'a besoin que des octets qu'on lui donne.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    const inspector = new RunningInspector(child);
    const ready = await inspector.awaited(withinMs);
    if (ready.kind === 'ready') return inspector;
    inspector.kill();
    return null;
  }

  /** Ouvre un contenu. Ce qui n'aboutit pas tue le processus. */
  async open(content: ReadableContent, withinMs: number): Promise<Opening> {
    this.content = content;
    this.tell({ kind: 'inspect', tailleOctets: content.tailleOctets });
    const opening = await this.awaited(withinMs);
    this.content = null;
    if (opening.kind !== 'inspected') this.kill();
    return opening;
  }

  kill(): void {
    this.isDead = true;
    this.child.kill('SIGKILL');
  }

  /** Attend la prochaine fin. Entre deux, il ne retient pas le processus qui l'emploie. */
  private async awaited(withinMs: number): Promise<Opening> {
    this.child.ref();
    this.child.channel?.ref();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Opening>((resolve) => {
        this.settle = resolve;
        timer = setTimeout(() => {
          resolve({ kind: 'too-long' });
        }, withinMs);
      });
    } finally {
      clearTimeout(timer);
      this.child.unref();
      this.child.channel?.unref();
    }
  }

  private hear(message: FromChild): void {
    if (message.kind === 'read') this.answer(message);
    else this.settle(message);
  }

  private answer({ id, offset, length }: Extract<FromChild, { kind: 'read' }>): void {
    this.content?.read(offset, length).then(
      (octets) => {
        this.tell({ kind: 'octets', id, octets });
      },
      (cause: unknown) => {
        this.settle({ kind: 'unreadable', cause });
      },
    );
  }

  private end(opening: Opening): void {
    this.isDead = true;
    this.settle(opening);
  }

  private tell(message: ToChild): void {
    // Un envoi vers un processus qui meurt échoue : sa fin se dit par ailleurs.
    this.child.send(message, () => undefined);
  }
}
