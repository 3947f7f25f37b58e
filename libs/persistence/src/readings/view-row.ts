import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  DeliberationId,
  DeliberationView,
  Depart,
  HistoryEntry,
  MoyenPublication,
  PublicationState,
  RetourState,
  RetourView,
  TransmissionState,
} from '@teletransmission/teletransmission';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import { archiveOf } from '../mapping/transmission-mapping';
import type { RetourRow } from '../rows/retour.row';

/** Une délibération avec sa transmission la plus récente. Les dates sans heure sortent en texte : jamais d'un fuseau à l'autre. */
export const VIEW_SQL = `
  SELECT d.id, d.identifiant_acte, d.numero_interne, d.nature, d.date_decision::text, d.objet, d.matiere, d.deposee_le,
    c.id AS collectivite_id, c.siren, c.nom, c.fuseau, c.publication_automatique, c.adresse_des_actes,
    t.id AS transmission_id, t.state, t.since, t.turn, t.next_turn_at, t.ack_due_at, t.is_overdue, t.stop_code, t.stop_detail,
    t.teletransmise_le, t.date_reception::text, p.state AS publication_state, p.date_publication::text, p.adresse,
    depart.connu AS depart, annulation.state AS annulation_state, p.moyen, p.declaree_le, declarant.nom AS declaree_par,
    e.nom_archive, e.empreinte, e.taille_octets, d.pas_avant, d.corrige_id, correction.id AS corrigee_par
  FROM deliberations d
  JOIN collectivites c ON c.id = d.collectivite_id
  JOIN LATERAL (SELECT * FROM transmissions WHERE deliberation_id = d.id AND flux = '1-1' ORDER BY id DESC LIMIT 1) t ON true
  JOIN publications p ON p.deliberation_id = d.id
  CROSS JOIN LATERAL (SELECT CASE
      WHEN bool_or(v.outcome IN ('accepted', 'found', 'answered')) THEN 'pris'
      WHEN t.image_du IS NOT NULL OR bool_or(v.outcome IS NULL OR v.outcome = 'lost') THEN 'incertain'
      WHEN count(*) > 0 THEN 'sans-effet' ELSE 'aucun' END AS connu
    FROM envois v WHERE v.transmission_id = t.id) depart
  LEFT JOIN LATERAL (SELECT state FROM transmissions WHERE t.state = 'cancelling' AND deliberation_id = d.id AND flux = '6-1'
    ORDER BY id DESC LIMIT 1) annulation ON true
  LEFT JOIN comptes declarant ON declarant.id = p.declaree_par
  LEFT JOIN enveloppes e ON e.id = t.enveloppe_id
  LEFT JOIN deliberations correction ON correction.corrige_id = d.id`;

export interface ViewRow {
  readonly id: string;
  readonly identifiant_acte: string;
  readonly numero_interne: string;
  readonly nature: string;
  readonly date_decision: string;
  readonly objet: string;
  readonly matiere: string;
  readonly deposee_le: Date;
  readonly collectivite_id: string;
  readonly siren: string;
  readonly nom: string;
  readonly fuseau: string;
  readonly publication_automatique: boolean;
  readonly adresse_des_actes: string | null;
  readonly transmission_id: string;
  readonly state: string;
  readonly since: Date;
  readonly turn: number;
  readonly next_turn_at: Date | null;
  readonly ack_due_at: Date | null;
  readonly is_overdue: boolean;
  readonly stop_code: string | null;
  readonly stop_detail: string | null;
  readonly teletransmise_le: Date | null;
  readonly date_reception: string | null;
  readonly publication_state: string;
  readonly date_publication: string | null;
  readonly adresse: string | null;
  readonly depart: Depart;
  readonly annulation_state: string | null;
  readonly moyen: string | null;
  readonly declaree_le: Date | null;
  readonly declaree_par: string | null;
  readonly nom_archive: string | null;
  readonly empreinte: string | null;
  readonly taille_octets: string | null;
  readonly corrige_id: string | null;
  readonly pas_avant: Date | null;
  readonly corrigee_par: string | null;
}

export function viewOf(row: ViewRow): DeliberationView {
  return {
    id: row.id,
    identifiantActe: row.identifiant_acte,
    collectivite: {
      id: row.collectivite_id as CollectiviteId,
      siren: row.siren,
      nom: row.nom,
      fuseau: row.fuseau,
    },
    numeroInterne: row.numero_interne,
    nature: row.nature,
    dateDecision: row.date_decision as CivilDate,
    objet: row.objet,
    matiere: row.matiere,
    deposeeLe: fromTimestamp(row.deposee_le),
    transmission: {
      id: row.transmission_id,
      state: row.state as TransmissionState,
      since: fromTimestamp(row.since),
      turn: row.turn,
      nextTurnAt: fromNullableTimestamp(row.next_turn_at),
      ackDueAt: fromNullableTimestamp(row.ack_due_at),
      isOverdue: row.is_overdue,
      stopReason: row.stop_code === null ? null : { code: row.stop_code, detail: row.stop_detail ?? '' },
      teletransmiseLe: fromNullableTimestamp(row.teletransmise_le),
      dateReception: row.date_reception as CivilDate | null,
      depart: row.depart,
      annulation: row.annulation_state === null ? null : { state: row.annulation_state as TransmissionState },
    },
    publication: {
      state: row.publication_state as PublicationState,
      datePublication: row.date_publication as CivilDate | null,
      adresse: row.adresse,
      declaration:
        row.moyen === null || row.declaree_le === null
          ? null
          : {
              moyen: row.moyen as MoyenPublication,
              par: row.declaree_par ?? '',
              le: fromTimestamp(row.declaree_le),
            },
      automatique: row.publication_automatique,
      siteRegle: row.adresse_des_actes !== null,
    },
    archive: archiveOf(row.nom_archive, row.empreinte, row.taille_octets),
    corrige: row.corrige_id as DeliberationId | null,
    corrigeePar: row.corrigee_par as DeliberationId | null,
    pasAvant: fromNullableTimestamp(row.pas_avant),
  };
}

export function retourViewOf(row: RetourRow): RetourView {
  return {
    id: row.id,
    transmissionId: row.transmissionId,
    nom: row.nom,
    empreinte: row.empreinte,
    tailleOctets: Number(row.tailleOctets),
    recuLe: fromTimestamp(row.recuLe),
    state: row.state as RetourState,
    flux: row.flux,
    code: row.code,
    detail: row.detail,
    remarques: row.remarques,
    isDecisionPending: row.decisionEnCours,
  };
}

export interface HistoryRow {
  readonly chaine: string;
  readonly rang: string;
  readonly deliberation_id: string | null;
  readonly sujet: string;
  readonly sujet_id: string;
  readonly evenement: string;
  readonly etat_avant: string | null;
  readonly etat_apres: string | null;
  readonly instant: Date;
  readonly acteur_genre: string;
  readonly acteur_id: string | null;
  readonly acteur_nom: string | null;
  readonly motif: string | null;
  readonly preuve: HistoryEntry['preuve'];
  readonly preuve_texte: string;
  readonly empreinte_precedente: string;
  readonly empreinte: string;
}

export function historyEntryOf(row: HistoryRow): HistoryEntry {
  return {
    chaine: row.chaine,
    rang: Number(row.rang),
    deliberationId: row.deliberation_id,
    sujet: row.sujet,
    sujetId: row.sujet_id,
    evenement: row.evenement,
    etatAvant: row.etat_avant,
    etatApres: row.etat_apres,
    instant: fromTimestamp(row.instant),
    acteur: row.acteur_nom ?? row.acteur_genre,
    acteurGenre: row.acteur_genre,
    acteurId: row.acteur_id,
    acteurNom: row.acteur_nom,
    motif: row.motif,
    preuve: row.preuve,
    preuveTexte: row.preuve_texte,
    empreintePrecedente: row.empreinte_precedente,
    empreinte: row.empreinte,
  };
}
