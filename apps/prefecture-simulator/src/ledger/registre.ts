import { assertNever } from '@teletransmission/kernel';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Consigne, Defaut } from '../scenarios/scenario';
import type {
  ArchiveJudged,
  ArchiveTaken,
  ArchiveTurnedAway,
  Collectivite,
  LedgerEntry,
  ModeCollectivites,
  RetourEmis,
} from './ledger-entry';

/** Les collectivités que la préfecture connaît. */
export interface Collectivites {
  readonly mode: ModeCollectivites;
  readonly liste: ReadonlyMap<string, Collectivite>;
}

/** Une archive prise, ce qu'on en a dit, et combien de fois elle a été présentée. */
export interface ArchiveRecord {
  readonly prise: ArchiveTaken;
  readonly reponses: readonly number[];
  readonly jugement: ArchiveJudged | undefined;
}

/** Un retour, et l'instant où il a été relevé s'il l'a été. */
export interface RetourRecord {
  readonly retour: RetourEmis;
  readonly releveLe: Instant | undefined;
}

/** L'état du simulateur : ce que donnent les lignes du registre, relues dans l'ordre. */
export class Registre {
  readonly archives = new Map<string, ArchiveRecord>();
  readonly retours = new Map<string, RetourRecord>();
  /** Les retours que personne n'a relevés, dans l'ordre de leur création. */
  readonly aRelever = new Map<string, RetourEmis>();
  readonly refus: ArchiveTurnedAway[] = [];
  readonly scenarios = new Map<string, { readonly consigne: Consigne; readonly pannes: number }>();
  readonly acceptes = new Set<string>();
  defaut: Defaut = { scenario: 'accepter' };
  collectivites: Collectivites = { mode: 'ouverte', liste: new Map() };
  private compteurMessage = 0;
  private readonly refusees = new Map<string, number>();
  private readonly numerosEnveloppe = new Map<string, number>();

  /** Le prochain numéro de la suite des messages, commune à toutes les collectivités (protocole §2.3). */
  get prochainMessage(): number {
    return this.compteurMessage + 1;
  }

  /** Le prochain numéro d'enveloppe de ce service, ce jour-là. */
  prochaineEnveloppe(service: string, jour: CivilDate): number {
    return (this.numerosEnveloppe.get(`${service} ${jour}`) ?? 0) + 1;
  }

  /** Combien de fois cette archive a déjà été présentée, prise ou non. */
  presentationsOf(nom: string): number {
    return (this.refusees.get(nom) ?? 0) + (this.archives.get(nom)?.reponses.length ?? 0);
  }

  /** Les archives prises qui attendent leur jugement. */
  aJuger(): readonly string[] {
    return [...this.archives.values()].filter((a) => !a.jugement).map((a) => a.prise.nom);
  }

  /** Rejoue une ligne. Elle est déjà durable : rien ici ne peut la refuser. */
  apply(entry: LedgerEntry): void {
    switch (entry.type) {
      case 'archive-taken':
        this.archives.set(entry.nom, { prise: entry, reponses: [entry.reponse], jugement: undefined });
        return;
      case 'archive-presented':
        this.amend(entry.nom, (a) => ({ ...a, reponses: [...a.reponses, entry.reponse] }));
        return;
      case 'archive-turned-away':
        this.turnAway(entry);
        return;
      case 'archive-judged':
        this.judge(entry);
        return;
      case 'retour-collected':
        this.collect(entry.id, entry.le);
        return;
      case 'scenario-set':
        this.scenarios.set(entry.cle, { consigne: entry.consigne, pannes: 0 });
        return;
      case 'scenario-removed':
        this.scenarios.delete(entry.cle);
        return;
      case 'defaut-set':
        this.defaut = entry.defaut;
        return;
      case 'collectivite-registered': {
        const liste = new Map(this.collectivites.liste).set(entry.collectivite.siren, entry.collectivite);
        this.collectivites = { ...this.collectivites, liste };
        return;
      }
      case 'mode-set':
        this.collectivites = { ...this.collectivites, mode: entry.mode };
        return;
      default:
        assertNever(entry);
    }
  }

  private amend(nom: string, change: (archive: ArchiveRecord) => ArchiveRecord): void {
    const archive = this.archives.get(nom);
    if (archive) this.archives.set(nom, change(archive));
  }

  private turnAway(entry: ArchiveTurnedAway): void {
    this.refus.push(entry);
    this.refusees.set(entry.nom, (this.refusees.get(entry.nom) ?? 0) + 1);
    const posee = entry.cle === null ? undefined : this.scenarios.get(entry.cle);
    if (entry.cle !== null && posee) this.scenarios.set(entry.cle, { ...posee, pannes: posee.pannes + 1 });
  }

  private judge(entry: ArchiveJudged): void {
    this.amend(entry.nom, (archive) => ({ ...archive, jugement: entry }));
    for (const acte of entry.actes) {
      if (acte.verdict === 'accepte' && acte.identifiantActe !== null)
        this.acceptes.add(acte.identifiantActe);
    }
    for (const retour of entry.retours) {
      this.retours.set(retour.id, { retour, releveLe: undefined });
      this.aRelever.set(retour.id, retour);
      this.compteurMessage = Math.max(this.compteurMessage, retour.compteurMessage ?? 0);
      if (!retour.enveloppe) continue;
      this.numerosEnveloppe.set(
        `${retour.enveloppe.service} ${retour.enveloppe.jour}`,
        retour.enveloppe.numero,
      );
    }
  }

  private collect(id: string, le: Instant): void {
    const connu = this.retours.get(id);
    if (!connu || connu.releveLe !== undefined) return;
    this.retours.set(id, { ...connu, releveLe: le });
    this.aRelever.delete(id);
  }
}
