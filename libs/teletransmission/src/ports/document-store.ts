import type { Readable } from 'node:stream';
import type { Empreinte } from '../ids';

export interface StoredContent {
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Le dépôt de documents, adressé par le contenu : déposer deux fois les mêmes octets n'en garde qu'un exemplaire. */
export interface DocumentStore {
  /**
   * Range un flux et le rend durable avant de répondre : qui tient l'empreinte peut la référencer.
   * @throws StoreFailure quand le disque refuse ; rien n'est alors référencé.
   */
  put(content: Readable): Promise<StoredContent>;
  /** Ouvre un contenu. @throws StoreFailure `document/missing` quand il n'est plus là. */
  open(empreinte: Empreinte): Promise<Readable>;
}
