import type { Deliberation } from '../deliberation/deliberation';
import { comparePieces } from './compare-lives';
import { depotCanonicalText } from './depot-text';
import type { Comparison } from './ecart';
import { Confrontation } from './ecart';
import type { JournalLine } from './journal-line';
import { saidIn } from './journal-line';

/** Ce qui donne l'empreinte SHA-256 d'un texte en UTF-8, en hexadécimal. */
export type Sha256 = (text: string) => string;

/** Ce que le journal garde d'un dépôt pour qu'on puisse dire, plus tard, s'il est toujours ce qui a été déposé. */
export function depotEvidence(
  deliberation: Deliberation,
  sha256: Sha256,
): Readonly<Record<'empreinteDepot' | 'empreinteObjet' | 'matiere', string>> {
  return {
    empreinteDepot: sha256(depotCanonicalText(deliberation)),
    // L'empreinte entière dit qu'un fait a changé ; ces deux-ci disent lequel, quand rien d'autre ne le dit.
    empreinteObjet: sha256(deliberation.objet),
    matiere: deliberation.matiere,
  };
}

/** Les faits d'un dépôt tels qu'on les lit ; ce que celui qui lit ne sait pas peut manquer. */
export interface DepotFacts {
  readonly id: string;
  readonly identifiantActe: string;
  readonly numeroInterne: string;
  readonly nature: string;
  readonly dateDecision: string;
  readonly objet: string;
  readonly matiere: string;
  readonly deposeeLe: string | null;
  readonly deposeePar?: string;
  readonly pasAvant?: string | null;
  readonly vote?: Readonly<Record<'votants' | 'pour' | 'contre' | 'abstentions', number>>;
  readonly pieces?: readonly { readonly rang: number; readonly empreinte: string }[];
  /** Le dépôt entier, quand on en sait tout : son empreinte se refait. */
  readonly whole?: Deliberation;
}

const IDENTIFIANT = /^[^-]+-[^-]+-(\d{4})(\d{2})(\d{2})-(.*)-([^-]+)$/s;

/**
 * Compare les faits d'un dépôt à la ligne qui l'a inscrit. Leur empreinte dit s'ils sont tous ceux du dépôt ; le reste de la preuve dit
 * lesquels ne le sont plus. Une ligne d'avant l'empreinte se compare à ce qu'elle porte, et se compte.
 */
export function compareDepot(row: DepotFacts, line: JournalLine | undefined, sha256: Sha256): Comparison {
  const found = new Confrontation('deliberation', row.id, row.identifiantActe);
  // La transmission que le journal n'a pas vue naître est déjà un écart.
  if (!line) return found;
  compareIdentity(found, row, line);
  const objet = saidIn(line, 'empreinteObjet');
  if (objet && objet.value !== sha256(row.objet)) found.tell('audit/fact-differs', 'objet', null, null);
  found.fact('matiere', row.matiere, saidIn(line, 'matiere'));
  found.date('deposee_le', row.deposeeLe, { value: line.instant });
  found.fact('deposee_par', row.deposeePar, line.acteurId === null ? undefined : { value: line.acteurId });
  if (row.pasAvant !== undefined)
    found.date('pas_avant', row.pasAvant, saidIn(line, 'pasAvant') ?? { value: null });
  for (const key of ['votants', 'pour', 'contre', 'abstentions'] as const)
    found.fact(key, row.vote && String(row.vote[key]), saidIn(line, key));
  if (row.pieces) comparePieces(found, row.pieces, line);
  compareFingerprint(found, row, line, sha256);
  return found;
}

/** L'identifiant dit aussi la date, le numéro et la nature. */
function compareIdentity(found: Confrontation, row: DepotFacts, line: JournalLine): void {
  const said = saidIn(line, 'identifiantActe');
  found.fact('identifiant_acte', row.identifiantActe, said);
  const parts = IDENTIFIANT.exec(said?.value ?? '');
  if (!parts) return;
  const [, year = '', month = '', day = '', numero = '', nature = ''] = parts;
  found.date('date_decision', row.dateDecision, { value: `${year}-${month}-${day}` });
  found.fact('numero_interne', row.numeroInterne, { value: numero });
  found.fact('nature', row.nature, { value: nature });
}

function compareFingerprint(found: Confrontation, row: DepotFacts, line: JournalLine, sha256: Sha256): void {
  const said = saidIn(line, 'empreinteDepot');
  if (said === undefined) {
    found.unsaid.push('depot-sans-empreinte');
    return;
  }
  if (row.whole === undefined || found.ecarts.length > 0) return;
  const computed = sha256(depotCanonicalText(row.whole));
  if (computed !== said.value) found.tell('audit/fact-differs', 'depot', computed, said.value);
}
