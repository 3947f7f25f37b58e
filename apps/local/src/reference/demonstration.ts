import { ApiClient } from './api-client';
import type { DeliberationView } from './api-client';
import { copyArchive } from './archive-copy';
import { followLife } from './life';
import type { Preparation } from '../applications/preparation';
import { depositReference } from './reference-deposit';
import { lifeSummary } from '../texts.fr';

/** La vie de la délibération de référence, achevée. */
export interface Demonstration {
  readonly deliberation: DeliberationView;
  /** Chemin absolu de la copie de l'archive. */
  readonly archive: string;
  /** Du dépôt à la copie de l'archive. */
  readonly dureeMs: number;
}

/** Où la démonstration se joue. */
export interface Stage {
  readonly api: string;
  readonly preparation: Preparation;
  readonly archives: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly withinMs?: number;
  readonly pollMs?: number;
}

/** Dépose la délibération de référence, suit sa vie jusqu'au bout, copie son archive et dit les quatre dates. */
export async function playDemonstration(stage: Stage): Promise<Demonstration> {
  const { jetons, dossier } = stage.preparation;
  const started = performance.now();
  const deposit = await depositReference(new ApiClient(stage.api, jetons.deposant, stage.signal), dossier);
  stage.say(
    deposit.isReplayed
      ? `\nDélibération de référence déjà déposée (${deposit.identifiantActe}) : rien n'est déposé deux fois. Sa vie :`
      : `\nDélibération de référence déposée : ${deposit.identifiantActe}. Sa vie :`,
  );
  const api = new ApiClient(stage.api, jetons.auditeur, stage.signal);
  const deliberation = await followLife(api, deposit.id, stage);
  const archive = await copyArchive(api, deliberation, stage.archives);
  stage.say(lifeSummary(deliberation, archive, deposit.isReplayed));
  return { deliberation, archive, dureeMs: Math.round(performance.now() - started) };
}

/** La dernière ligne de `--demo` : un seul objet JSON, pour les machines. */
export function demonstrationJson({ deliberation, archive, dureeMs }: Demonstration): string {
  return JSON.stringify({
    identifiantActe: deliberation.identifiantActe,
    transmission: deliberation.transmission.etat,
    publication: deliberation.publication.etat,
    dateTeletransmission: deliberation.transmission.dateTeletransmission,
    dateReception: deliberation.transmission.dateReception,
    datePublication: deliberation.publication.datePublication,
    dateExecutoire: deliberation.dateExecutoire,
    archive,
    dureeMs,
  });
}
