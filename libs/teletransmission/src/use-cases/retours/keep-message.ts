import type { DocumentStore } from '../../ports/pieces/document-store';
import type { ReadMessage } from '../../retour/read-retour';
import { readableOf } from '../../retour/read-retour';
import type { Retour } from '../../retour/retour';
import type { KeptMessage } from '../../transmission/change';

/** Range le message d'un retour comme un document à lui ; deux fois valent une. */
export class KeepMessage {
  constructor(private readonly documents: Pick<DocumentStore, 'put'>) {}

  async execute(retour: Retour, { lecture, nom, octets }: ReadMessage): Promise<KeptMessage> {
    const stored = await this.documents.put(readableOf(octets));
    return { retourId: retour.id, type: lecture.type, nom, ...stored };
  }
}
