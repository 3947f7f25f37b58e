import type { Clock } from '@teletransmission/kernel';
import type { Actor } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { DocumentFindings } from './document-findings';
import type { FileDocumentStore } from './file-document-store';
import { referencedAmong } from './verify-documents';

const DAY_MS = 86_400_000;

export interface PurgeReport {
  readonly documents: number;
  readonly octets: number;
  readonly leftovers: number;
}

/**
 * Efface ce que rien ne désigne et que personne n'a déposé depuis `olderThanDays` jours : les pièces de dépôts refusés ou tués au milieu.
 * Jamais un contenu désigné, abîmé compris.
 */
export class PurgeDocuments {
  private readonly findings: DocumentFindings;

  constructor(
    private readonly dataSource: DataSource,
    private readonly documents: FileDocumentStore,
    private readonly clock: Clock,
    acteur: Actor,
  ) {
    this.findings = new DocumentFindings(dataSource, acteur);
  }

  async execute(olderThanDays: number, motif: string, signal?: AbortSignal): Promise<PurgeReport> {
    const report = { documents: 0, octets: 0, leftovers: 0 };
    try {
      for await (const shelf of this.documents.shelves()) {
        const referenced = await referencedAmong(
          this.dataSource,
          shelf.map(({ empreinte }) => empreinte),
        );
        for (const { empreinte, tailleOctets } of shelf.filter((one) => !referenced.has(one.empreinte))) {
          signal?.throwIfAborted();
          const isReferenced = async (): Promise<boolean> =>
            (await referencedAmong(this.dataSource, [empreinte])).size > 0;
          if (!(await this.documents.removeOrphan(empreinte, olderThanDays * DAY_MS, isReferenced))) continue;
          await this.findings.gone(empreinte, this.clock.now());
          report.documents += 1;
          report.octets += tailleOctets;
        }
      }
      for (const { nom } of await this.documents.leftovers(olderThanDays * DAY_MS)) {
        await this.documents.removeLeftover(nom);
        await this.findings.gone(nom, this.clock.now());
        report.leftovers += 1;
      }
    } finally {
      // Interrompue, elle dit quand même ce qu'elle a effacé.
      if (report.documents + report.leftovers > 0)
        await this.findings.purged(
          report.documents + report.leftovers,
          report.octets,
          motif,
          this.clock.now(),
        );
    }
    return report;
  }
}
