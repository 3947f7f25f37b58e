import type { Readable } from 'node:stream';
import type { Clock } from '@teletransmission/kernel';
import type { ArchiveArrivee, ArchiveFolder } from '../archive/archive-folder';
import type { JudgementLane } from '../instruction/judgement-lane';
import type { Ledger } from '../ledger/ledger';
import type { ArchiveRecord } from '../ledger/registre';
import { consigneOf } from '../instruction/resolve-consignes';
import { isAfter } from '../scenarios/scenario';
import type { Consigne, ConsignesArchive } from '../scenarios/scenario';
import { KeyedTurns } from '../ledger/keyed-turns';

/** Décide, au dépôt, des consignes d'une archive déjà sur le disque. */
export type DecideConsignes = (nom: string, chemin: string) => Promise<ConsignesArchive>;

/** Ce que l'appelant entendra : un statut HTTP, ou la connexion coupée. */
export type Reponse = 201 | 409 | 500 | 503 | 'coupure';

const asStatus = (reponse: Reponse): number => (reponse === 'coupure' ? 0 : reponse);

/** La porte d'entrée : elle prend les archives, une fois chacune, et ne répond qu'après les avoir rendues durables. */
export class Reception {
  private readonly turns = new KeyedTurns();

  constructor(
    private readonly folder: ArchiveFolder,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly lane: JudgementLane,
    private readonly decide: DecideConsignes,
  ) {}

  /** Vrai si la connexion doit être coupée avant même que les octets soient lus ; le refus est alors noté. */
  async cutsAtDoor(nom: string): Promise<boolean> {
    const { registre } = this.ledger;
    if (registre.archives.has(nom) || consigneOf(registre, nom)?.scenario !== 'coupure-avant') return false;
    await this.turnAway(nom, null, 'coupure-avant', nom);
    return true;
  }

  /** Écrit les octets sur le disque sans encore rien promettre. */
  receive(flux: Readable): Promise<ArchiveArrivee> {
    return this.folder.receive(flux);
  }

  /** Oublie des octets arrivés ; sans effet s'ils ont été pris. */
  discard(arrivee: ArchiveArrivee): Promise<void> {
    return this.folder.discard(arrivee.chemin);
  }

  /**
   * Prend une archive arrivée, ou la reconnaît, ou la refuse, selon ce que le registre en sait et ce que le pilotage demande.
   * Au retour, tout ce que la réponse promet est sur le disque. Le jugement vient après, à part.
   */
  take(nom: string, arrivee: ArchiveArrivee): Promise<Reponse> {
    return this.turns.run(nom, () => this.takeInTurn(nom, arrivee));
  }

  private async takeInTurn(nom: string, arrivee: ArchiveArrivee): Promise<Reponse> {
    const connue = this.ledger.registre.archives.get(nom);
    if (connue) return this.presentAgain(connue, arrivee);
    const consignes = await this.decide(nom, arrivee.chemin);
    const { scenario } = consignes.transport;
    if (scenario === 'erreur-avant' || scenario === 'coupure-avant') {
      return this.turnAway(nom, arrivee.empreinte, scenario, consignes.cle ?? null);
    }
    await this.folder.keep(arrivee);
    const reponse = answerAfter(consignes.transport, 1);
    await this.ledger.append({
      type: 'archive-taken',
      nom,
      empreinte: arrivee.empreinte,
      tailleOctets: arrivee.tailleOctets,
      recueLe: this.clock.now(),
      consignes,
      reponse: asStatus(reponse),
    });
    this.lane.enqueue(nom);
    return reponse;
  }

  private async presentAgain({ prise, reponses }: ArchiveRecord, arrivee: ArchiveArrivee): Promise<Reponse> {
    const { nom } = prise;
    if (prise.empreinte !== arrivee.empreinte)
      return this.turnAway(nom, arrivee.empreinte, 'nom-deja-pris', null);
    const reponse = answerAfter(prise.consignes.transport, reponses.length + 1);
    await this.ledger.append({
      type: 'archive-presented',
      nom,
      le: this.clock.now(),
      reponse: asStatus(reponse),
    });
    return reponse;
  }

  private async turnAway(
    nom: string,
    empreinte: string | null,
    motif: 'erreur-avant' | 'coupure-avant' | 'nom-deja-pris',
    cle: string | null,
  ): Promise<Reponse> {
    const reponses = { 'erreur-avant': 503, 'coupure-avant': 'coupure', 'nom-deja-pris': 409 } as const;
    const reponse = reponses[motif];
    await this.ledger.append({
      type: 'archive-turned-away',
      nom,
      empreinte,
      le: this.clock.now(),
      reponse: asStatus(reponse),
      motif,
      cle,
    });
    return reponse;
  }
}

/** La réponse d'une archive prise, à sa n-ième présentation : la panne ne frappe que les premières. */
function answerAfter(consigne: Consigne, presentation: number): Reponse {
  if (!isAfter(consigne.scenario) || presentation > (consigne.fois ?? 1)) return 201;
  return consigne.scenario === 'erreur-apres' ? 500 : 'coupure';
}
