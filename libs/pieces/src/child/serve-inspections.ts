import type { Inspection } from '@teletransmission/teletransmission';
import { inspectContent } from '../inspection/inspect-content';
import { TOO_COMPLEX } from '../content/refused';
import { loadPdfJs } from '../pdf/open-pdf';
import { boundAllocations, boundFor, exceededBound } from './bound-allocations';
import type { FromChild, ToChild } from './messages';
import { RemoteContent } from './remote-content';

/** Le processus d'ouverture : un contenu après l'autre, dont il demande les octets à celui qui l'emploie. */
async function serve(): Promise<void> {
  const waiting = new Map<number, (octets: Uint8Array) => void>();
  let next = 0;
  process.on('message', (message: ToChild) => {
    if (message.kind === 'octets') {
      waiting.get(message.id)?.(message.octets);
      waiting.delete(message.id);
      return;
    }
    const content = new RemoteContent(message.tailleOctets, (offset, length) => {
      next += 1;
      const id = next;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        say({ kind: 'read', id, offset, length });
      });
    });
    void inspect(content).then((inspection) => {
      say({ kind: 'inspected', inspection });
    });
  });
  // Celui qui l'emploie est parti : il n'a plus personne à qui répondre.
  process.on('disconnect', () => {
    process.exit(0);
  });
  // L'ordre d'arrêt d'un terminal va à tout le groupe ; la fin de celui-ci est l'affaire de celui qui l'emploie.
  process.on('SIGINT', () => undefined);
  // Une promesse que la bibliothèque abandonne en fermant un document ne doit pas l'emporter.
  process.on('unhandledRejection', () => undefined);
  boundAllocations();
  await loadPdfJs();
  say({ kind: 'ready' });
}

function say(message: FromChild): void {
  process.send?.(message);
}

async function inspect(content: RemoteContent): Promise<Inspection> {
  boundFor(content.tailleOctets);
  const inspection = await inspectContent(content);
  return exceededBound() && inspection.kind === 'refused' ? TOO_COMPLEX : inspection;
}

void serve();
