import type { Siren } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import type {
  Collectivite,
  CollectiviteId,
  Compte,
  CompteId,
  Correspondance,
  CourrierView,
  DeliberationView,
  Empreinte,
  EnvoiView,
  HistoryEntry,
  PieceView,
  RetourView,
  TravailView,
} from '@teletransmission/teletransmission';
import { aCollectivite as theCollectivite, aCompte as theCompte } from '@teletransmission/testkit';

export const at = (text: string): Instant => new Date(text).toISOString() as Instant;

/** Maintenant, dans tous les essais du bureau. */
export const NOW = at('2026-11-24T10:00:00Z');

export const SAINT_MATHIEU = '0190c000-0000-7000-8000-000000000001' as CollectiviteId;
export const CORTE = '0190c000-0000-7000-8000-000000000002' as CollectiviteId;

let born = 0;

/** Un identifiant neuf, de la forme des nôtres, dont l'ordre est celui des naissances. */
export function newId(): string {
  born += 1;
  return `0190d000-0000-7000-8000-${String(born).padStart(12, '0')}`;
}

export const empreinteOf = (letter: string): Empreinte => letter.repeat(64) as Empreinte;

export function aCollectivite(
  over: Partial<Omit<Collectivite, 'siren'>> & { readonly siren?: string } = {},
): Collectivite {
  return theCollectivite({ id: SAINT_MATHIEU, ...over, siren: (over.siren ?? '213402761') as Siren });
}

/** Une personne qui regarde toute la plateforme, sauf ce qu'on en dit. */
export function aCompte(over: Partial<Compte> = {}): Compte {
  return theCompte({ id: newId() as CompteId, nom: 'Claire Vidal', role: 'operateur', ...over });
}

type ViewOverrides = Partial<Omit<DeliberationView, 'transmission' | 'publication'>> & {
  readonly transmission?: Partial<DeliberationView['transmission']>;
  readonly publication?: Partial<DeliberationView['publication']>;
};

/** Une délibération en attente d'accusé depuis deux heures, sauf ce qu'on en dit. */
export function aDeliberationView(over: ViewOverrides = {}): DeliberationView {
  return {
    id: newId(),
    identifiantActe: '034-213402761-20261105-2026_11_062-DE',
    collectivite: {
      id: SAINT_MATHIEU,
      siren: '213402761',
      nom: 'Saint-Mathieu-de-Tréviers',
      fuseau: 'Europe/Paris',
    },
    numeroInterne: '2026_11_062',
    nature: 'DE',
    dateDecision: civilDate('2026-11-05'),
    objet: 'Convention de partenariat pour l’environnement numérique des écoles',
    matiere: '8.1',
    deposeeLe: at('2026-11-24T07:50:00Z'),
    archive: null,
    corrige: null,
    corrigeePar: null,
    pasAvant: null,
    ...over,
    transmission: {
      id: newId(),
      state: 'awaiting-ack',
      since: at('2026-11-24T08:00:00Z'),
      turn: 1,
      nextTurnAt: null,
      ackDueAt: at('2026-11-25T08:00:00Z'),
      isOverdue: false,
      stopReason: null,
      teletransmiseLe: at('2026-11-24T08:00:00Z'),
      dateReception: null,
      depart: 'pris',
      annulation: null,
      ...over.transmission,
    },
    publication: {
      state: 'unpublished',
      datePublication: null,
      adresse: null,
      declaration: null,
      automatique: false,
      siteRegle: false,
      ...over.publication,
    },
  };
}

export function aPiece(over: Partial<PieceView> = {}): PieceView {
  return {
    rang: 0,
    typePiece: '99_DE',
    nomFichier: 'délibération 62.pdf',
    empreinte: empreinteOf('a'),
    tailleOctets: 263_412,
    format: 'pdf',
    remarques: [],
    signature: null,
    ...over,
  };
}

export function anEnvoi(over: Partial<EnvoiView> = {}): EnvoiView {
  return {
    transmissionId: newId(),
    turn: 1,
    ouvertLe: at('2026-11-24T07:59:58Z'),
    closLe: at('2026-11-24T08:00:00Z'),
    outcome: 'accepted',
    code: null,
    detail: null,
    nomArchive: 'TLT-TACT--213402761--20261124-1.tar.gz',
    ...over,
  };
}

export function aRetour(over: Partial<RetourView> = {}): RetourView {
  return {
    id: newId(),
    transmissionId: null,
    nom: 'TACT--213402761--20261124-7.tar.gz',
    empreinte: empreinteOf('b'),
    tailleOctets: 1_204,
    recuLe: at('2026-11-24T09:00:00Z'),
    state: 'unmatched',
    remarques: [],
    isDecisionPending: false,
    flux: '1-2',
    code: null,
    detail: null,
    ...over,
  };
}

export function anEntry(over: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    chaine: SAINT_MATHIEU,
    rang: 12,
    deliberationId: null,
    sujet: 'transmission',
    sujetId: newId(),
    evenement: 'deposited',
    etatAvant: null,
    etatApres: 'queued',
    instant: at('2026-11-24T07:50:00Z'),
    acteur: 'service',
    acteurGenre: 'service',
    acteurId: null,
    acteurNom: null,
    motif: null,
    preuve: {},
    preuveTexte: '{}',
    empreintePrecedente: '0'.repeat(64),
    empreinte: 'c'.repeat(64),
    ...over,
  };
}

export function aTravail(over: Partial<TravailView> = {}): TravailView {
  return {
    job: 'seal-enveloppe',
    targetId: newId(),
    turn: 1,
    demandeLe: at('2026-11-24T07:50:00Z'),
    notBefore: null,
    porteLe: at('2026-11-24T07:50:00Z'),
    ...over,
  };
}

/** Une demande de pièces reçue il y a dix jours, sauf ce qu'on en dit. */
export function aCourrierView(over: Partial<CourrierView> = {}): CourrierView {
  const { identifiantActe, collectivite, numeroInterne, objet, id } = aDeliberationView();
  return {
    id: newId() as CourrierView['id'],
    flux: '3-1',
    state: 'received',
    dateCourrier: civilDate('2026-11-12'),
    recueLe: at('2026-11-14T09:00:00Z'),
    echeance: civilDate('2027-01-14'),
    identifiantActe,
    deliberation: { id: id as CourrierView['deliberation']['id'], numeroInterne, objet },
    collectivite,
    ...over,
  };
}

/** La lettre telle que le domaine la connaît. */
export function aLettreOf(view: CourrierView, over: Partial<Correspondance> = {}): Correspondance {
  const { id, flux, state, dateCourrier, recueLe, echeance, collectivite, deliberation } = view;
  return {
    id,
    flux,
    state,
    dateCourrier,
    recueLe,
    echeance,
    collectiviteId: collectivite.id,
    deliberationId: deliberation.id,
    identifiantActe: view.identifiantActe as Correspondance['identifiantActe'],
    texte: 'Merci d’envoyer la convention signée.',
    empreinteMessage: empreinteOf('d'),
    documents: [{ rang: 0, nomFichier: 'lettre.pdf', empreinte: empreinteOf('e'), tailleOctets: 12 }],
    ...over,
  };
}
