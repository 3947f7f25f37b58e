import type { CollectiviteId, ResumeReport } from '@teletransmission/teletransmission';
import { CONSOLE, ENVELOPPE_NUMERO_MAX } from '@teletransmission/teletransmission';
import type { Instant } from '@teletransmission/kernel';
import type { DataSource } from 'typeorm';
import { writeAudit } from '../statements/statement';
import { ORIGINE_IMAGE } from './begin-reprise';
import type { RestoredBooks } from './restore-sauvegarde';

/**
 * Ce qu'on saute de numéros du jour : le service d'avant a pu en donner depuis la sauvegarde, qui désignent à la préfecture d'autres
 * archives que celles à venir. Une commune n'en emploie pas cent par jour ; il en reste plus de huit mille.
 */
const NUMBERS_SKIPPED = 1_000;

/** Le jour d'aujourd'hui d'une collectivité, dans son fuseau. */
export interface CollectiviteDuJour {
  readonly id: CollectiviteId;
  readonly siren: string;
  readonly jour: string;
}

/** Clôt une restauration de nos sauvegardes. */
export function finishRestauration(
  dataSource: DataSource,
  { markerId, manifest, documents }: RestoredBooks,
  resumed: ResumeReport,
  collectivites: readonly CollectiviteDuJour[],
  at: Instant,
): Promise<void> {
  const closing = {
    markerId,
    motif: `Restauré de la sauvegarde du ${manifest.imageDu}.`,
    preuve: {
      sauvegarde: manifest.id,
      imageDu: manifest.imageDu,
      documents: documents.documents,
      documentsPerdus: manifest.documents.abimes.length,
      ...resumed,
    },
    bilan: { sauvegarde: manifest.id, ...resumed },
  };
  return close(dataSource, closing, collectivites, at);
}

/** Clôt la reprise d'une base qu'un autre outil a rendue. */
export function finishReprise(
  dataSource: DataSource,
  { markerId, imageDu }: { readonly markerId: string; readonly imageDu: Instant },
  resumed: ResumeReport,
  collectivites: readonly CollectiviteDuJour[],
  at: Instant,
): Promise<void> {
  const closing = {
    markerId,
    motif: `Repris de l’image du ${imageDu}, rendue par un autre outil.`,
    preuve: { imageDu, ...ORIGINE_IMAGE, ...resumed },
    bilan: { ...ORIGINE_IMAGE, ...resumed },
  };
  return close(dataSource, closing, collectivites, at);
}

interface Closing {
  readonly markerId: string;
  readonly motif: string;
  readonly preuve: Readonly<Record<string, string | number>>;
  readonly bilan: Readonly<Record<string, string | number>>;
}

/** Les numéros d'enveloppe du jour avancent, le journal le dit, et la base peut de nouveau servir. */
async function close(
  dataSource: DataSource,
  { markerId, motif, preuve, bilan }: Closing,
  collectivites: readonly CollectiviteDuJour[],
  at: Instant,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    for (const { siren, jour } of collectivites) {
      await manager.query(
        `INSERT INTO compteurs_enveloppes AS c (siren, jour, dernier) VALUES ($1, $2, $3)
          ON CONFLICT (siren, jour) DO UPDATE SET dernier = least(c.dernier + $3, $4)`,
        [siren, jour, NUMBERS_SKIPPED, ENVELOPPE_NUMERO_MAX],
      );
    }
    await writeAudit(manager, {
      collectiviteId: null,
      deliberationId: null,
      sujet: 'restauration',
      sujetId: markerId,
      evenement: 'service-restored',
      etatAvant: null,
      etatApres: null,
      instant: at,
      acteur: CONSOLE,
      motif,
      preuve,
    });
    await manager.query('UPDATE restaurations SET finie_le = $2, bilan = $3 WHERE id = $1', [
      markerId,
      at,
      JSON.stringify(bilan),
    ]);
  });
}
