import type { Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Le flux à ranger : compté et haché au passage, et dont la panne se reconnaît parmi celles du disque. */
export class WatchedSource {
  private readonly hash = createHash('sha256');
  private tailleOctets = 0;
  private failure: unknown;

  constructor(private readonly content: Readable) {
    // Le flux peut casser avant qu'on ne le lise : sans écouteur, sa panne finirait le processus. La lecture la redira.
    content.on('error', () => undefined);
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.content as AsyncIterable<Buffer>) {
        this.hash.update(chunk);
        this.tailleOctets += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  isFailureOfSource(error: unknown): boolean {
    return this.failure !== undefined && error === this.failure;
  }

  measure(): StoredContent {
    return { empreinte: this.hash.digest('hex') as Empreinte, tailleOctets: this.tailleOctets };
  }
}
