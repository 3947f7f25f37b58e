import type { CivilDate } from '@teletransmission/kernel';
import type { Compteurs } from '../answers/compose-retours';
import type { ArchiveJudged } from '../ledger/ledger-entry';
import type { Registre } from '../ledger/registre';
import type { Memoire } from '../judgement/message-rules';

/** Le registre tel qu'il sera quand les jugements d'un lot y seront inscrits : ses compteurs, ses actes accusés ou annulés. */
export class LotEnCours implements Compteurs, Memoire {
  readonly entries: ArchiveJudged[] = [];
  private readonly acceptes = new Set<string>();
  private readonly annules = new Set<string>();
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

  isAnnule(identifiantActe: string): boolean {
    return this.annules.has(identifiantActe) || this.registre.annules.has(identifiantActe);
  }

  hasCourrier(identifiantActe: string, flux: string, dateCourrierPref: string): boolean {
    return this.registre.courriers.some(
      (courrier) =>
        courrier.identifiantActe === identifiantActe &&
        courrier.flux === flux &&
        courrier.dateCourrierPref === dateCourrierPref,
    );
  }

  /** Ajoute un jugement au lot : les suivants en tiennent compte. */
  add(entry: ArchiveJudged): void {
    this.entries.push(entry);
    for (const { verdict, identifiantActe, flux = '1-1' } of entry.actes) {
      if (verdict !== 'accepte' || identifiantActe === null) continue;
      if (flux === '1-1') this.acceptes.add(identifiantActe);
      if (flux === '6-1') this.annules.add(identifiantActe);
    }
    for (const { compteurMessage, enveloppe } of entry.retours) {
      if (compteurMessage !== null) this.messages += 1;
      if (!enveloppe) continue;
      const cle = `${enveloppe.service} ${enveloppe.jour}`;
      this.enveloppes.set(cle, (this.enveloppes.get(cle) ?? 0) + 1);
    }
  }
}
