import type { Empreinte, Inspection, PieceContent, PieceInspector } from '@teletransmission/teletransmission';
import type { InspectionProcess } from './inspection-process';

/** Là où les contenus sont rangés, et se lisent par plages. */
export interface StoredRanges {
  readRange(empreinte: Empreinte, offset: number, length: number): Promise<Uint8Array>;
}

/** Ouvre les documents rangés, dans le processus donné. */
export class StoredPieceInspector implements PieceInspector {
  constructor(
    private readonly documents: StoredRanges,
    private readonly process: InspectionProcess,
  ) {}

  inspect({ empreinte, tailleOctets }: PieceContent): Promise<Inspection> {
    return this.process.inspect({
      tailleOctets,
      read: (offset, length) => this.documents.readRange(empreinte, offset, length),
    });
  }
}
