import type { Readable } from 'node:stream';
import type { Empreinte } from '../../ids';

export interface StoredContent {
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Une part d'un contenu, bornes comprises, en octets à partir de 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Le dépôt de documents, adressé par le contenu : déposer deux fois les mêmes octets n'en garde qu'un exemplaire. */
export interface DocumentStore {
  /**
   * Range un flux et le rend durable avant de répondre : qui tient l'empreinte peut la référencer.
   * @throws StoreFailure quand le disque refuse ; rien n'est alors référencé.
   */
  put(content: Readable): Promise<StoredContent>;
  /** Ouvre un contenu, ou cette part de lui. @throws StoreFailure `document/missing` quand il n'est plus là. */
  open(empreinte: Empreinte, range?: ByteRange): Promise<Readable>;
}
