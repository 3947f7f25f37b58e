import type { AuditSubject } from '../audit/audit-entry';
import type { JournalLine, Said } from './journal-line';

/** Une différence entre ce qui est enregistré et ce que le journal en a dit. */
export type EcartCode =
  | 'audit/state-differs'
  | 'audit/date-differs'
  | 'audit/fact-differs'
  /** Enregistré, et le journal n'en sait rien. */
  | 'audit/unknown-row'
  /** Le journal l'a vu naître, et ce n'est plus enregistré. */
  | 'audit/row-gone';

export interface Ecart {
  readonly code: EcartCode;
  readonly sujet: AuditSubject | 'deliberation';
  readonly sujetId: string;
  /** L'identifiant de l'acte, quand on le sait. */
  readonly acte: string | null;
  /** La colonne, ou le fait. */
  readonly champ: string;
  /** Les deux valeurs ; nulles quand il n'y en a pas, ou qu'on n'en compare que l'empreinte. */
  readonly enregistre: string | null;
  readonly auJournal: string | null;
}

/** Ce que le journal ne permet pas de vérifier, parce qu'il ne le disait pas encore. */
export type Unsaid = 'depot-sans-empreinte' | 'date-sans-trace';

/** Ce qu'on a trouvé d'un sujet. */
export interface Comparison {
  readonly ecarts: readonly Ecart[];
  readonly unsaid: readonly Unsaid[];
}

/** Un sujet comparé fait par fait à ce que le journal en dit. */
export class Confrontation implements Comparison {
  readonly ecarts: Ecart[] = [];
  readonly unsaid: Unsaid[] = [];

  constructor(
    private readonly sujet: Ecart['sujet'],
    private readonly sujetId: string,
    private readonly acte: string | null,
  ) {}

  /** Vrai quand il y a de quoi comparer : l'un sans l'autre est déjà un écart. */
  has<Row>(row: Row | null, lines: readonly JournalLine[]): row is Row {
    if (row !== null && lines.length > 0) return true;
    if (row !== null) this.tell('audit/unknown-row', '', null, null);
    else if (lines.length > 0) this.tell('audit/row-gone', '', null, null);
    return false;
  }

  state(enregistre: string, auJournal: string | null): void {
    if (enregistre !== auJournal) this.tell('audit/state-differs', 'state', enregistre, auJournal);
  }

  /** Une date ; ce que le journal n'en disait pas encore se compte. `undefined` : elle n'est pas donnée ici. */
  date(champ: string, enregistre: string | null | undefined, said: Said): void {
    if (enregistre === undefined) return;
    if (said === undefined && enregistre !== null) this.unsaid.push('date-sans-trace');
    this.compare('audit/date-differs', champ, enregistre, said);
  }

  /** Un autre fait, comparé si le journal en dit quelque chose et s'il est donné. */
  fact(champ: string, enregistre: string | null | undefined, said: Said): void {
    if (enregistre !== undefined) this.compare('audit/fact-differs', champ, enregistre, said);
  }

  tell(code: EcartCode, champ: string, enregistre: string | null, auJournal: string | null): void {
    const { sujet, sujetId, acte } = this;
    this.ecarts.push({ code, sujet, sujetId, acte, champ, enregistre, auJournal });
  }

  private compare(code: EcartCode, champ: string, enregistre: string | null, said: Said): void {
    // La base ne garde pas le caractère nul, que la preuve du journal garde.
    const value = said?.value?.replaceAll('\0', '\uFFFD') ?? null;
    if (said !== undefined && value !== enregistre) this.tell(code, champ, enregistre, value);
  }
}
