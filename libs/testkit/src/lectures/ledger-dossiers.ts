import type {
  Collectivite,
  Deliberation,
  DeliberationView,
  Depart,
  EnvoiView,
  OutboxMessage,
  Publication,
  RetourView,
  Transmission,
  TravailView,
  TrayRetour,
} from '@teletransmission/teletransmission';
import type { InMemoryCollectivites } from '../in-memory/in-memory-collectivites';
import type { InMemoryComptes } from '../in-memory/in-memory-comptes';
import type { InMemoryLedger, RecordedEnvoi } from '../in-memory/in-memory-ledger';
import { InMemoryTray } from '../in-memory/in-memory-tray';
import { historyOfJournal } from './ledger-history';
import { inKeyOrder } from '../paging/pages';
import type { StoredDossier } from './stored';

/** Les livres d'où les lectures se tirent. */
export interface Books {
  readonly ledger: InMemoryLedger;
  readonly collectivites: InMemoryCollectivites;
  readonly comptes: InMemoryComptes;
}

const JOBS: readonly OutboxMessage['job'][] = [
  'seal-enveloppe',
  'submit-enveloppe',
  'reconcile-envoi',
  'apply-retour',
  'track-publication',
];

/** Ce que les envois d'un message disent de son départ. */
function departOf({ restored }: Transmission, envois: readonly RecordedEnvoi[]): Depart {
  const outcomes = envois.map(({ closed }) => closed?.outcome ?? 'lost');
  if (outcomes.some((outcome) => ['accepted', 'found', 'answered'].includes(outcome))) return 'pris';
  if (restored !== null || outcomes.includes('lost')) return 'incertain';
  return outcomes.length > 0 ? 'sans-effet' : 'aucun';
}

/** La collectivité d'une ligne. Sans elle, la base n'aurait pas la ligne. */
export function collectiviteOf({ collectivites }: Books, id: string): Collectivite {
  const found = collectivites.known(id);
  if (!found) throw new Error(`collectivité inconnue : ${id}`);
  return found;
}

/** Un retour tel qu'il se lit, sans ce qui ne sert qu'à le traiter. */
export function retourViewOf(retour: TrayRetour): RetourView {
  const { id, transmissionId, nom, empreinte, tailleOctets, recuLe, state, flux, code, detail } = retour;
  const { remarques, isDecisionPending } = retour;
  return {
    id,
    transmissionId,
    nom,
    empreinte,
    tailleOctets,
    recuLe,
    state,
    flux,
    code,
    detail,
    remarques,
    isDecisionPending,
  };
}

class DossierReading {
  constructor(
    private readonly books: Books,
    private readonly deliberation: Deliberation,
  ) {}

  /** Tous ses messages, lettres et annulation comprises, dans l'ordre de leur naissance. */
  private readonly messages = (): readonly Transmission[] =>
    this.books.ledger
      .transmissionsById()
      .filter(({ deliberationId }) => deliberationId === this.deliberation.id);

  private envoisOf(id: string): readonly RecordedEnvoi[] {
    return this.books.ledger.envois.filter(({ transmissionId }) => transmissionId === id);
  }

  read(): StoredDossier {
    const { pieces } = this.deliberation;
    const transmissionIds = this.messages().map(({ id }) => id);
    const retours = this.retours();
    const targets: readonly string[] = [
      this.deliberation.id,
      ...transmissionIds,
      ...retours.map(({ id }) => id),
    ];
    return {
      view: this.view(),
      pieces,
      envois: this.envois(),
      retours,
      history: historyOfJournal(this.books.ledger.audit).filter(
        ({ deliberationId }) => deliberationId === this.deliberation.id,
      ),
      travaux: this.travaux(targets),
      transmissionIds,
    };
  }

  private view(): DeliberationView {
    const { deliberation, books } = this;
    const { ledger } = books;
    const { id, siren, nom, fuseau, publicationAutomatique, adresseDesActes } = collectiviteOf(
      books,
      deliberation.collectiviteId,
    );
    const transmission = this.messages()
      .filter(({ flux }) => flux === '1-1')
      .at(-1);
    const publication = ledger.publications.get(deliberation.id);
    if (!transmission || !publication) throw new Error(`acte incomplet : ${deliberation.id}`);
    const correction = [...ledger.deliberations.values()].find(
      ({ corrigeId }) => corrigeId === deliberation.id,
    );
    return {
      id: deliberation.id,
      identifiantActe: deliberation.identifiantActe,
      collectivite: { id, siren, nom, fuseau },
      numeroInterne: deliberation.numeroInterne,
      nature: deliberation.nature,
      dateDecision: deliberation.dateDecision,
      objet: deliberation.objet,
      matiere: deliberation.matiere,
      deposeeLe: deliberation.deposeeLe,
      transmission: this.transmissionView(transmission),
      publication: {
        ...this.publicationView(publication),
        automatique: publicationAutomatique,
        siteRegle: adresseDesActes !== null,
      },
      archive: (transmission.enveloppeId && ledger.enveloppes.get(transmission.enveloppeId)?.archive) ?? null,
      corrige: deliberation.corrigeId,
      corrigeePar: correction?.id ?? null,
      pasAvant: deliberation.pasAvant,
    };
  }

  private transmissionView(transmission: Transmission): DeliberationView['transmission'] {
    const { id, state, since, turn, nextTurnAt, ackDueAt, isOverdue, stopReason } = transmission;
    const annulation = this.messages()
      .filter(({ flux }) => flux === '6-1' && state === 'cancelling')
      .at(-1);
    return {
      id,
      state,
      since,
      turn,
      nextTurnAt,
      ackDueAt,
      isOverdue,
      stopReason,
      teletransmiseLe: transmission.teletransmiseLe,
      dateReception: transmission.dateReception,
      depart: departOf(transmission, this.envoisOf(id)),
      annulation: annulation ? { state: annulation.state } : null,
    };
  }

  private publicationView({
    state,
    datePublication,
    adresse,
    declaration,
  }: Publication): Omit<DeliberationView['publication'], 'automatique' | 'siteRegle'> {
    return {
      state,
      datePublication,
      adresse,
      declaration: declaration && {
        moyen: declaration.moyen,
        par: this.books.comptes.nomOf(declaration.par) ?? '',
        le: declaration.le,
      },
    };
  }

  private envois(): readonly EnvoiView[] {
    const views = this.messages().flatMap(({ id }) =>
      this.envoisOf(id).map(({ enveloppeId, turn, ouvertLe, closed }) => ({
        transmissionId: id,
        turn,
        ouvertLe,
        closLe: closed?.at ?? null,
        outcome: closed?.outcome ?? null,
        code: closed?.code ?? null,
        detail: closed?.detail ?? null,
        nomArchive: this.books.ledger.enveloppes.get(enveloppeId)?.archive?.nom ?? null,
      })),
    );
    return inKeyOrder(views, { keyOf: ({ ouvertLe, turn }) => [ouvertLe, turn] });
  }

  private retours(): readonly RetourView[] {
    const ids: readonly string[] = this.messages().map(({ id }) => id);
    const own = new InMemoryTray(this.books.ledger)
      .all()
      .filter(({ transmissionId }) => transmissionId !== null && ids.includes(transmissionId));
    return inKeyOrder(own, { keyOf: ({ recuLe }) => [recuLe] }).map(retourViewOf);
  }

  private travaux(targets: readonly string[]): readonly TravailView[] {
    const { ledger } = this.books;
    return ledger.outbox
      .filter(({ job, targetId }) => JOBS.includes(job) && targets.includes(targetId))
      .map((message) => ({ ...message, demandeLe: ledger.askedAt(message), porteLe: null }));
  }
}

/** Les dossiers que ces livres contiennent. */
export function dossiersOf(books: Books): readonly StoredDossier[] {
  return [...books.ledger.deliberations.values()].map((deliberation) =>
    new DossierReading(books, deliberation).read(),
  );
}
