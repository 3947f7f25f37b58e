import { assertNever } from '@teletransmission/kernel';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Emetteur } from '../dossier/dossier';
import { readNomArchive } from '../names/file-names';
import { readIdentifiantActe } from '../names/identifiant-acte';
import type { Consigne, Defaut } from '../scenarios/scenario';
import type {
  ArchiveJudged,
  ArchiveTaken,
  ArchiveTurnedAway,
  ClassificationSent,
  Collectivite,
  CourrierSent,
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

/** À qui l'on écrit, et sous quel quadrigramme il nous a écrit. */
export interface ActeAccuse {
  readonly emetteur: Emetteur;
  readonly quadrigramme: string;
}

/** L'état du simulateur : ce que donnent les lignes du registre, relues dans l'ordre. */
export class Registre {
  readonly archives = new Map<string, ArchiveRecord>();
  readonly retours = new Map<string, RetourRecord>();
  /** Les retours que personne n'a relevés, dans l'ordre de leur création. */
  readonly aRelever = new Map<string, RetourEmis>();
  readonly refus: ArchiveTurnedAway[] = [];
  readonly scenarios = new Map<string, { readonly consigne: Consigne; readonly pannes: number }>();
  /** Les actes accusés, et qui les a envoyés. */
  readonly acceptes = new Map<string, ActeAccuse>();
  readonly annules = new Set<string>();
  readonly courriers: CourrierSent[] = [];
  readonly classificationsEnvoyees: ClassificationSent[] = [];
  /** Le dernier émetteur vu de chaque SIREN. */
  readonly emetteurs = new Map<string, ActeAccuse>();
  /** La version publiée par le pilotage ; rien tant que celle des réglages a cours. */
  classificationPubliee: CivilDate | undefined;
  /** Écart entre l'heure jouée et l'heure vraie, en millisecondes. */
  ecartHorlogeMs = 0;
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
      case 'retour-redelivered':
        this.redeliver(entry.id);
        return;
      case 'courrier-sent':
        this.courriers.push(entry);
        this.emit(entry.retour);
        return;
      case 'classification-sent':
        this.classificationsEnvoyees.push(entry);
        this.emit(entry.retour);
        return;
      case 'classification-published':
        this.classificationPubliee = entry.dateVersion;
        return;
      case 'clock-shifted':
        this.ecartHorlogeMs = entry.ecartMs;
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
    const quadrigramme = readNomArchive(entry.nom)?.quadrigramme ?? '';
    if (entry.emetteur && entry.actes.length > 0) {
      this.emetteurs.set(entry.emetteur.siren, { emetteur: entry.emetteur, quadrigramme });
    }
    for (const { verdict, identifiantActe, flux = '1-1' } of entry.actes) {
      if (verdict !== 'accepte' || identifiantActe === null) continue;
      if (flux === '6-1') this.annules.add(identifiantActe);
      if (flux !== '1-1') continue;
      const emetteur = entry.emetteur ?? senderOf(identifiantActe);
      this.acceptes.set(identifiantActe, { emetteur, quadrigramme });
    }
    for (const retour of entry.retours) this.emit(retour);
  }

  private emit(retour: RetourEmis): void {
    this.retours.set(retour.id, { retour, releveLe: undefined });
    this.aRelever.set(retour.id, retour);
    this.compteurMessage = Math.max(this.compteurMessage, retour.compteurMessage ?? 0);
    if (!retour.enveloppe) return;
    const { service, jour, numero } = retour.enveloppe;
    this.numerosEnveloppe.set(`${service} ${jour}`, numero);
  }

  private collect(id: string, le: Instant): void {
    const connu = this.retours.get(id);
    if (!connu || connu.releveLe !== undefined) return;
    this.retours.set(id, { ...connu, releveLe: le });
    this.aRelever.delete(id);
  }

  private redeliver(id: string): void {
    const connu = this.retours.get(id);
    if (!connu) return;
    this.retours.set(id, { ...connu, releveLe: undefined });
    this.aRelever.set(id, connu.retour);
  }
}

/** L'émetteur d'un acte inscrit avant que le registre ne le retienne : l'identifiant en dit l'essentiel. */
function senderOf(identifiantActe: string): Emetteur {
  const lu = readIdentifiantActe(identifiantActe);
  return { siren: lu?.siren ?? '', departement: lu?.departement ?? '', arrondissement: '0', nature: '31' };
}
