import { digitsOfSiren } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import type {
  Compte,
  DeliberationId,
  DeliberationView,
  HistoryEntry,
  StoredFile,
  TransmissionState,
} from '@teletransmission/teletransmission';
import {
  demandeText,
  problems,
  MalformedCursor,
  searchableText,
  TRANSMISSION_STATE_LABELS,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CommandFailure, misused, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { findFile } from '../output/find-file';
import { readJsonFile } from '../output/read-json-file';
import type { ConsoleParts } from '../wiring/console.wiring';
import { withConsole } from '../wiring/console.wiring';
import { sirenOf } from '../output/read-siren';
import { jetonOf } from '../wiring/instance';
import { deliberationLines, executoireOf, historyLine, listLine } from './deliberation-lines';

/** Les fichiers qu'un dossier cite, s'il a cette forme ; ce qui n'en a pas la forme sera dit par les règles du dépôt. */
function citedFiles(dossier: unknown): readonly string[] {
  const pieces: unknown[] = [];
  if (typeof dossier === 'object' && dossier !== null) {
    const { document, annexes } = dossier as { document?: unknown; annexes?: unknown };
    pieces.push(document, ...(Array.isArray(annexes) ? (annexes as unknown[]) : []));
  }
  return pieces.flatMap((piece) => {
    if (typeof piece !== 'object' || piece === null) return [];
    const { fichier, signature } = piece as { fichier?: unknown; signature?: unknown };
    return [fichier, signature].filter((nom) => typeof nom === 'string');
  });
}

/** Ce qu'un dossier écrit autrement que ce qui en a été lu : dit à qui dépose, rien n'est normalisé à son insu. */
function remarquesOf(dossier: unknown, decomposed: readonly string[]): readonly string[] {
  const { collectivite } = (dossier ?? {}) as { readonly collectivite?: unknown };
  const digits = typeof collectivite === 'string' ? digitsOfSiren(collectivite) : null;
  return [
    ...(digits === null || digits === collectivite ? [] : [`Le SIREN a été lu ${digits}.`]),
    ...decomposed.map((nom) => `« ${nom} » a été trouvé sous son nom décomposé (macOS) : c’est le même nom.`),
  ];
}

/** @param decomposed reçoit les noms que le disque écrit autrement que le dossier */
async function storeFile(
  parts: ConsoleParts,
  folder: string,
  nomFichier: string,
  decomposed: string[],
): Promise<StoredFile[]> {
  // Un dossier ne désigne que ses voisins : un chemin y serait une façon de lire ailleurs.
  if (path.basename(nomFichier) !== nomFichier)
    throw misused(`« ${nomFichier} » n'est pas un nom de fichier : posez-le à côté du dossier.`);
  const file = await findFile(path.join(folder, nomFichier));
  if (file === null) return [];
  if (path.basename(file) !== nomFichier) decomposed.push(nomFichier);
  return [{ nomFichier, ...(await parts.documents().put(createReadStream(file))) }];
}

/** `deposer DOSSIER.json` : dépose une délibération, ses pièces à côté du dossier. */
export async function depositDossier(
  file: string,
  options: { jeton?: string; cle?: string },
): Promise<Printable> {
  const dossier = await readJsonFile(file);
  return withConsole(async (parts) => {
    const compte = await parts.compteOf(await jetonOf(options.jeton, 'deposant'));
    const fichiers: StoredFile[] = [];
    const decomposed: string[] = [];
    for (const nom of new Set(citedFiles(dossier)))
      fichiers.push(...(await storeFile(parts, path.dirname(file), nom, decomposed)));
    const empreinteDemande = createHash('sha256').update(demandeText(dossier, fichiers)).digest('hex');
    const idempotency = options.cle === undefined ? null : { cle: options.cle, empreinteDemande };
    const { receipt, isReplay } = refused(
      await parts.deposit().execute({ compte, dossier, fichiers, idempotency }),
    );
    const remarques = remarquesOf(dossier, decomposed);
    return {
      json: { id: receipt.deliberationId, ...receipt, rejouee: isReplay, remarques },
      lines: [
        ...remarques,
        `${isReplay ? 'Déjà déposée' : 'Déposée'} : ${receipt.identifiantActe}`,
        `Suivre : teletransmission suivre ${receipt.deliberationId}`,
      ],
    };
  });
}

async function wholeHistory(parts: ConsoleParts, id: DeliberationId): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof parts.readings.historyOf>> = await parts.readings.historyOf(
      id,
      after,
      500,
    );
    entries.push(...page.items);
    if (page.next === null) return entries;
    after = page.next;
  }
}

const SETTLED = ['rejected', 'held', 'cancelled', 'withdrawn'];

/**
 * `suivre RÉFÉRENCE` : une délibération, désignée par son numéro, son identifiant entier ou partiel, ou son identité, et tout ce qui lui
 * est arrivé ; avec `attendre`, jusqu'à ce qu'elle soit exécutoire ou arrêtée.
 */
export async function followDeliberation(
  reference: string,
  options: { jeton?: string; attendre?: boolean; json?: boolean },
): Promise<Printable> {
  return withConsole(async (parts) => {
    const compte = await parts.compteOf(await jetonOf(options.jeton, 'auditeur'));
    const found = refused(await parts.findActe.execute(compte, reference, 'lire-historique-acte'));
    const { remarques } = found;
    let shown = 0;
    for (;;) {
      const view = refused(await parts.history.deliberation(compte, found.view.id, 'lire-historique-acte'));
      const history = await wholeHistory(parts, view.id as DeliberationId);
      const isOver = executoireOf(view) !== null || SETTLED.includes(view.transmission.state);
      if (options.attendre !== true || isOver)
        return followed(view, { history, remarques }, options.attendre === true ? shown : 0);
      if (options.json !== true)
        for (const entry of history.slice(shown)) process.stdout.write(`${historyLine(entry)}\n`);
      shown = history.length;
      await wait(500);
    }
  });
}

function followed(
  view: DeliberationView,
  {
    history,
    remarques,
  }: { readonly history: readonly HistoryEntry[]; readonly remarques: readonly string[] },
  shown: number,
): Printable {
  return {
    json: { ...view, dateExecutoire: executoireOf(view), remarques, historique: history },
    lines: [...remarques, ...history.slice(shown).map(historyLine), '', ...deliberationLines(view)],
  };
}

/** Un curseur d'ailleurs est un refus de l'usage, pas un défaut. */
async function searched<T>(search: Promise<Result<T>>): Promise<T> {
  try {
    return refused(await search);
  } catch (error) {
    throw error instanceof MalformedCursor ? new CommandFailure(problems.malformedCursor()) : error;
  }
}

/** L'état que ce mot désigne, à la casse et aux accents près ; son code vaut aussi. */
function stateOf(text: string): TransmissionState {
  const wanted = searchableText(text);
  const found = TRANSMISSION_STATES.find(
    (state) => state === text || searchableText(TRANSMISSION_STATE_LABELS[state].mot) === wanted,
  );
  if (found) return found;
  const known = TRANSMISSION_STATES.map((state) => `« ${TRANSMISSION_STATE_LABELS[state].mot} »`).join(', ');
  throw misused(`État inconnu : « ${text} ». États : ${known}.`);
}

export interface ListOptions {
  readonly jeton?: string;
  readonly etat?: string;
  readonly mots?: string;
  readonly siren?: string;
  readonly apres?: string;
  readonly limite?: string;
}

/** `lister` : les délibérations visibles du compte, de la plus récente à la plus ancienne. */
export async function listDeliberations(options: ListOptions): Promise<Printable> {
  const etat = options.etat === undefined ? undefined : stateOf(options.etat);
  const siren = options.siren === undefined ? undefined : sirenOf(options.siren);
  const limite = Number(options.limite ?? 50);
  if (!Number.isInteger(limite) || limite < 1 || limite > 500) throw misused('La limite va de 1 à 500.');
  return withConsole(async (parts) => {
    const compte: Compte = await parts.compteOf(await jetonOf(options.jeton, 'auditeur'));
    const criteria = {
      ...(etat ? { etat } : {}),
      ...(options.mots === undefined ? {} : { mots: options.mots }),
      ...(siren === undefined ? {} : { siren }),
    };
    const page = await searched(parts.history.search(compte, criteria, options.apres ?? null, limite));
    return {
      json: { deliberations: page.items, suivant: page.next },
      lines: [
        ...(page.items.length === 0 ? ['Aucune délibération.'] : page.items.map(listLine)),
        ...(page.next === null ? [] : [`Suite : --apres ${page.next}`]),
      ],
    };
  });
}
