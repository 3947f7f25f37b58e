import type { FluxTransmis } from '../transmission/transmission';
import type { Comparison } from './ecart';
import { Confrontation } from './ecart';
import type { JournalLine } from './journal-line';
import { dateSaid, saidIn, sinceSaid, stateSaid } from './journal-line';

/** Ce qui est enregistré d'une transmission ; un fait absent n'est pas comparé. Les dates, en ISO 8601. */
export interface TransmissionFacts {
  readonly identifiantActe: string | null;
  readonly collectiviteId?: string;
  readonly deliberationId: string | null;
  readonly flux: FluxTransmis;
  readonly state: string;
  readonly since: string | null;
  readonly dateReception: string | null;
  readonly teletransmiseLe: string | null;
  readonly archives: readonly ArchiveFacts[];
  /** Celles d'une réponse à une lettre. */
  readonly pieces?: readonly { readonly rang: number; readonly empreinte: string }[];
}

export interface ArchiveFacts {
  readonly nom: string;
  readonly empreinte: string;
  readonly scelleeLe?: string | null;
}

const SENT = ['envoi-accepted', 'envoi-delivered', 'found-at-prefecture', 'ar-received'];

/** Compare une transmission à la vie que le journal en raconte : son état, ses dates, ce qu'elle porte. */
export function compareTransmission(
  sujetId: string,
  row: TransmissionFacts | null,
  lines: readonly JournalLine[],
): Comparison {
  const birth = lines.find(({ evenement }) => evenement === 'deposited');
  const acte = row?.identifiantActe ?? saidIn(birth, 'identifiantActe')?.value ?? null;
  const found = new Confrontation('transmission', sujetId, acte);
  if (!found.has(row, lines)) return found;
  found.state(row.state, stateSaid(lines));
  found.date('since', row.since, sinceSaid(lines));
  found.date('date_reception', row.dateReception, dateSaid(lines, 'dateReception', ['ar-received']));
  found.date('teletransmise_le', row.teletransmiseLe, dateSaid(lines, 'teletransmiseLe', SENT));
  if (birth) {
    found.fact('collectivite_id', row.collectiviteId, { value: birth.chaine });
    found.fact('deliberation_id', row.deliberationId, { value: birth.deliberationId });
    found.fact('identifiant_acte', row.identifiantActe, saidIn(birth, 'identifiantActe'));
    found.fact('flux', row.flux, saidIn(birth, 'flux') ?? { value: '1-1' });
  }
  compareArchives(found, row.archives, lines);
  if (row.pieces) comparePieces(found, row.pieces, birth);
  return found;
}

function compareArchives(
  found: Confrontation,
  archives: readonly ArchiveFacts[],
  lines: readonly JournalLine[],
): void {
  const sealings = lines.filter(({ evenement }) => evenement === 'enveloppe-sealed');
  const isOlder = sealings.some((line) => saidIn(line, 'archive') === undefined);
  for (const { nom, empreinte, scelleeLe } of archives) {
    const sealing = sealings.find((line) => saidIn(line, 'archive')?.value === nom);
    if (!sealing && !isOlder) found.tell('audit/fact-differs', 'archive', nom, null);
    if (!sealing) continue;
    found.fact('archive_empreinte', empreinte, saidIn(sealing, 'empreinte'));
    found.date('scellee_le', scelleeLe, { value: sealing.instant });
  }
}

/** Compare les empreintes des pièces à celles que le journal a prises au dépôt : une de changée, d'ajoutée, d'ôtée. */
export function comparePieces(
  found: Confrontation,
  pieces: readonly { readonly rang: number; readonly empreinte: string }[],
  birth: JournalLine | undefined,
): void {
  const said = Object.keys(birth?.preuve ?? {}).flatMap(
    (key) => /^empreintePiece(\d+)$/.exec(key)?.[1] ?? [],
  );
  // Un dépôt d'avant cette preuve n'en a aucune : il n'y a rien à comparer.
  if (said.length === 0) return;
  const rangs = new Set([...pieces.map(({ rang }) => String(rang)), ...said]);
  for (const rang of rangs) {
    const piece = pieces.find((one) => String(one.rang) === rang);
    const value = saidIn(birth, `empreintePiece${rang}`)?.value ?? null;
    found.fact(`piece_${rang}`, piece?.empreinte ?? null, { value });
  }
}

/** Ce qui est enregistré d'une publication. */
export interface PublicationFacts {
  readonly acte: string | null;
  readonly state: string;
  readonly datePublication: string | null;
  readonly adresse: string | null;
  readonly moyen: string | null;
  readonly declareeLe: string | null;
  /** Absent quand seul son nom est donné. */
  readonly declareePar?: string | null;
}

const PUBLISHED = ['publication-declared', 'published-automatically'];

/** Compare une publication à ce que le journal en dit ; elle naît sans ligne, avec l'acte. */
export function comparePublication(
  sujetId: string,
  row: PublicationFacts | null,
  lines: readonly JournalLine[],
): Comparison {
  const found = new Confrontation('publication', sujetId, row?.acte ?? null);
  if (row === null) {
    found.has(row, lines);
    return found;
  }
  found.state(row.state, stateSaid(lines, 'unpublished'));
  found.date('date_publication', row.datePublication, dateSaid(lines, 'datePublication', PUBLISHED));
  const line = lines.findLast(({ evenement }) => PUBLISHED.includes(evenement));
  const moyen = saidIn(line, 'moyen')?.value ?? null;
  found.fact('adresse', row.adresse, line ? saidIn(line, 'adresse') : { value: null });
  found.fact('moyen', row.moyen, { value: moyen });
  found.date('declaree_le', row.declareeLe, { value: moyen === null ? null : (line?.instant ?? null) });
  found.fact('declaree_par', row.declareePar, { value: moyen === null ? null : (line?.acteurId ?? null) });
  return found;
}

/** Ce qui est enregistré d'un retour. */
export interface RetourFacts {
  readonly state: string;
  readonly nom: string;
  readonly empreinte: string;
  readonly recuLe: string | null;
}

/** Compare un retour à ce que le journal en dit depuis son arrivée. */
export function compareRetour(
  sujetId: string,
  row: RetourFacts | null,
  lines: readonly JournalLine[],
): Comparison {
  const found = new Confrontation('retour', sujetId, null);
  if (!found.has(row, lines)) return found;
  const birth = lines.find(({ evenement }) => evenement === 'retour-received');
  found.state(row.state, stateSaid(lines));
  found.fact('nom', row.nom, saidIn(birth, 'nom'));
  found.fact('empreinte', row.empreinte, saidIn(birth, 'empreinte'));
  found.date('recu_le', row.recuLe, birth && { value: birth.instant });
  return found;
}

/** Ce qui est enregistré d'une lettre de la préfecture. */
export interface CorrespondanceFacts {
  readonly identifiantActe: string;
  readonly state: string;
  readonly flux: string;
  readonly dateCourrier: string | null;
  readonly recueLe: string | null;
  readonly echeance: string | null;
  readonly empreinteMessage: string;
}

/** Compare une lettre à ce que le journal en dit depuis son arrivée. */
export function compareCorrespondance(
  sujetId: string,
  row: CorrespondanceFacts | null,
  lines: readonly JournalLine[],
): Comparison {
  const found = new Confrontation('correspondance', sujetId, row?.identifiantActe ?? null);
  if (!found.has(row, lines)) return found;
  const birth = lines.find(({ etatAvant }) => etatAvant === null);
  found.state(row.state, stateSaid(lines));
  found.fact('flux', row.flux, saidIn(birth, 'flux'));
  found.date('date_courrier', row.dateCourrier, saidIn(birth, 'dateCourrier'));
  found.date('recue_le', row.recueLe, birth && { value: birth.instant });
  found.date('echeance', row.echeance, saidIn(birth, 'echeance'));
  found.fact('empreinte_message', row.empreinteMessage, saidIn(birth, 'empreinteMessage'));
  return found;
}
