import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiClient } from './api-client';
import { LaunchFailure } from '../launch-failure';

/** Ce que l'API répond à un dépôt. */
export interface Deposit {
  readonly id: string;
  readonly identifiantActe: string;
  /** Vrai quand ce dépôt avait déjà été fait : rien n'a été déposé cette fois. */
  readonly isReplayed: boolean;
}

/** La clé de la séance de référence : déposer deux fois la même séance n'en dépose qu'une. */
const IDEMPOTENCY_KEY = 'session-2022-10-20-2022-10-062';

/** Dépose le dossier et ses pièces par l'API, comme le ferait n'importe quelle collectivité. */
export async function depositReference(api: ApiClient, dossierFile: string): Promise<Deposit> {
  const dossier = readFileSync(dossierFile, 'utf8');
  const body = new FormData();
  body.append('dossier', new Blob([dossier], { type: 'application/json' }));
  for (const fichier of fichiersOf(JSON.parse(dossier))) {
    const bytes = readFileSync(path.join(path.dirname(dossierFile), path.basename(fichier)));
    body.append('fichier', new Blob([bytes], { type: 'application/pdf' }), fichier);
  }
  const answer = await api.post('/v1/deliberations', body, { 'idempotency-key': IDEMPOTENCY_KEY });
  const { id, identifiantActe } = (await answer.json()) as {
    readonly id?: unknown;
    readonly identifiantActe?: unknown;
  };
  if (typeof id !== 'string' || typeof identifiantActe !== 'string') {
    throw new LaunchFailure(
      'local/api-misunderstood',
      "La réponse de l'API au dépôt ne porte ni « id » ni « identifiantActe ».",
    );
  }
  return { id, identifiantActe, isReplayed: answer.headers.get('idempotency-replayed') === 'true' };
}

/** Tous les noms donnés par une clé `fichier`, où qu'elle soit dans le dossier, une fois chacun et dans l'ordre. */
export function fichiersOf(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  const found = Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    key === 'fichier' && typeof value === 'string' ? [value] : fichiersOf(value),
  );
  return [...new Set(found)];
}
