import type { ChainedAuditEntry } from '@teletransmission/teletransmission';
import { AUDIT_CHAIN_ORIGIN, auditCanonicalText } from '@teletransmission/teletransmission';
import { sha256 } from './sha256';

/** Ce qu'une ligne du journal ne devrait pas être. */
export interface AuditFault {
  readonly chaine: string;
  readonly rang: number;
  /**
   * `altered` : la ligne ne donne plus son empreinte. `missing` : le rang manque. `unlinked` : elle ne suit pas celle d'avant.
   * `cut` : une ancre connaît un rang que la chaîne n'a plus. `rebuilt` : la chaîne a ce rang, avec une autre empreinte.
   */
  readonly code: 'audit/altered' | 'audit/missing' | 'audit/unlinked' | 'audit/cut' | 'audit/rebuilt';
}

/** Le dernier rang d'une chaîne, et son empreinte : gardés ailleurs, ils trahissent une chaîne coupée ou refaite. */
export interface ChainHead {
  readonly chaine: string;
  readonly rang: number;
  readonly empreinte: string;
}

/** Une chaîne parcourue du premier rang au dernier, d'où que viennent ses lignes. */
export class ChainWalk {
  readonly faults: AuditFault[] = [];
  private rang = 0;
  private empreinte = AUDIT_CHAIN_ORIGIN;

  constructor(
    readonly name: string,
    private readonly anchors: readonly ChainHead[],
  ) {}

  step(entry: ChainedAuditEntry): void {
    const isNext = entry.rang === this.rang + 1;
    if (!isNext) this.fault(this.rang + 1, 'audit/missing');
    // Après un manque, le lien est rompu de toute façon : une faute suffit à le dire.
    if (isNext && entry.empreintePrecedente !== this.empreinte) this.fault(entry.rang, 'audit/unlinked');
    // Le nom de la chaîne entre dans l'empreinte : une ligne passée d'une chaîne à l'autre ne donne plus la sienne.
    if (sha256(auditCanonicalText(entry)) !== entry.empreinte) this.fault(entry.rang, 'audit/altered');
    for (const anchor of this.anchors) {
      if (anchor.rang === entry.rang && anchor.empreinte !== entry.empreinte)
        this.fault(entry.rang, 'audit/rebuilt');
    }
    this.rang = entry.rang;
    this.empreinte = entry.empreinte;
  }

  /** Finit la chaîne. @param head son dernier rang, tenu à part par la base ; absent quand on ne le connaît pas. */
  end(head?: { readonly rang: number; readonly empreinte: string | null }): void {
    if (head && head.rang > this.rang) this.fault(this.rang + 1, 'audit/missing');
    if (head && (head.rang < this.rang || (head.rang === this.rang && head.empreinte !== this.empreinte)))
      this.fault(this.rang, 'audit/unlinked');
    // Une chaîne coupée avec son dernier rang se tient : seule une ancre gardée ailleurs en connaît la suite.
    if (this.anchors.some((anchor) => anchor.rang > this.rang)) this.fault(this.rang + 1, 'audit/cut');
  }

  /** Commence à cette ligne : ce qui la précède n'est pas donné, et rien ne le prouve. */
  startAt({ rang, empreintePrecedente }: ChainedAuditEntry): void {
    this.rang = rang - 1;
    this.empreinte = empreintePrecedente;
  }

  /** Finit une chaîne qui a pu s'allonger depuis que sa tête a été lue : elle doit l'avoir encore, et peut la dépasser. */
  endAfter(head: Pick<ChainHead, 'rang' | 'empreinte'>): void {
    if (head.rang >= this.rang) {
      this.end(head);
      return;
    }
    this.end();
  }

  /** Les rangs d'après la plus haute ancre : rien de ce qui est gardé ailleurs ne les connaît. */
  get beyondAnchors(): number {
    return Math.max(0, this.rang - Math.max(0, ...this.anchors.map(({ rang }) => rang)));
  }

  private fault(rang: number, code: AuditFault['code']): void {
    this.faults.push({ chaine: this.name, rang, code });
  }
}
