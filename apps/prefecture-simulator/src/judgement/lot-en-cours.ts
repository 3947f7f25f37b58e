import type { CivilDate } from '@teletransmission/kernel';
import type { Compteurs } from '../answers/compose-retours';
import type { ArchiveJudged } from '../ledger/ledger-entry';
import type { Registre } from '../ledger/registre';

/** Le registre tel qu'il sera quand les jugements d'un lot y seront inscrits : ses compteurs et ses actes accusés. */
export class LotEnCours implements Compteurs {
  readonly entries: ArchiveJudged[] = [];
  private readonly acceptes = new Set<string>();
  private readonly enveloppes = new Map<string, number>();
  private messages = 0;

  constructor(private readonly registre: Registre) {}

  get prochainMessage(): number {
    return this.registre.prochainMessage + this.messages;
  }

  prochaineEnveloppe(service: string, jour: CivilDate): number {
    return this.registre.prochaineEnveloppe(service, jour) + (this.enveloppes.get(`${service} ${jour}`) ?? 0);
  }

  has(identifiantActe: string): boolean {
    return this.acceptes.has(identifiantActe) || this.registre.acceptes.has(identifiantActe);
  }

  /** Ajoute un jugement au lot : les suivants en tiennent compte. */
  add(entry: ArchiveJudged): void {
    this.entries.push(entry);
    for (const { verdict, identifiantActe } of entry.actes) {
      if (verdict === 'accepte' && identifiantActe !== null) this.acceptes.add(identifiantActe);
    }
    for (const { compteurMessage, enveloppe } of entry.retours) {
      if (compteurMessage !== null) this.messages += 1;
      if (!enveloppe) continue;
      const cle = `${enveloppe.service} ${enveloppe.jour}`;
      this.enveloppes.set(cle, (this.enveloppes.get(cle) ?? 0) + 1);
    }
  }
}
