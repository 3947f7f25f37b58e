import type {
  CollectiviteId,
  DeliberationId,
  DeliberationView,
  HistoryEntry,
  RetourState,
  RetourView,
} from '@teletransmission/teletransmission';
import {
  DEPARTS,
  MOYENS_PUBLICATION,
  PUBLICATION_STATES,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import { z } from 'zod';
import { fromTimestamp } from '../instants';
import { archiveOf } from '../mapping/transmission-mapping';
import type { RetourRow } from '../rows/retour.row';
import { column } from '../sql/columns';

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

export const VIEW_ROW = z.object({
  id: column.id<DeliberationId>(),
  identifiant_acte: column.text,
  numero_interne: column.text,
  nature: column.text,
  date_decision: column.day,
  objet: column.text,
  matiere: column.text,
  deposee_le: column.instant,
  collectivite_id: column.id<CollectiviteId>(),
  siren: column.text,
  nom: column.text,
  fuseau: column.text,
  publication_automatique: column.boolean,
  adresse_des_actes: column.text.nullable(),
  transmission_id: column.text,
  state: column.word(TRANSMISSION_STATES),
  since: column.instant,
  turn: column.integer,
  next_turn_at: column.instant.nullable(),
  ack_due_at: column.instant.nullable(),
  is_overdue: column.boolean,
  stop_code: column.text.nullable(),
  stop_detail: column.text.nullable(),
  teletransmise_le: column.instant.nullable(),
  date_reception: column.day.nullable(),
  publication_state: column.word(PUBLICATION_STATES),
  date_publication: column.day.nullable(),
  adresse: column.text.nullable(),
  depart: column.word(DEPARTS),
  annulation_state: column.word(TRANSMISSION_STATES).nullable(),
  moyen: column.word(MOYENS_PUBLICATION).nullable(),
  declaree_le: column.instant.nullable(),
  declaree_par: column.text.nullable(),
  nom_archive: column.text.nullable(),
  empreinte: column.text.nullable(),
  taille_octets: column.text.nullable(),
  corrige_id: column.id<DeliberationId>().nullable(),
  pas_avant: column.instant.nullable(),
  corrigee_par: column.id<DeliberationId>().nullable(),
});

export type ViewRow = z.infer<typeof VIEW_ROW>;

export function viewOf(row: ViewRow): DeliberationView {
  return {
    id: row.id,
    identifiantActe: row.identifiant_acte,
    collectivite: {
      id: row.collectivite_id,
      siren: row.siren,
      nom: row.nom,
      fuseau: row.fuseau,
    },
    numeroInterne: row.numero_interne,
    nature: row.nature,
    dateDecision: row.date_decision,
    objet: row.objet,
    matiere: row.matiere,
    deposeeLe: row.deposee_le,
    transmission: {
      id: row.transmission_id,
      state: row.state,
      since: row.since,
      turn: row.turn,
      nextTurnAt: row.next_turn_at,
      ackDueAt: row.ack_due_at,
      isOverdue: row.is_overdue,
      stopReason: row.stop_code === null ? null : { code: row.stop_code, detail: row.stop_detail ?? '' },
      teletransmiseLe: row.teletransmise_le,
      dateReception: row.date_reception,
      depart: row.depart,
      annulation: row.annulation_state === null ? null : { state: row.annulation_state },
    },
    publication: {
      state: row.publication_state,
      datePublication: row.date_publication,
      adresse: row.adresse,
      declaration:
        row.moyen === null || row.declaree_le === null
          ? null
          : {
              moyen: row.moyen,
              par: row.declaree_par ?? '',
              le: row.declaree_le,
            },
      automatique: row.publication_automatique,
      siteRegle: row.adresse_des_actes !== null,
    },
    archive: archiveOf(row.nom_archive, row.empreinte, row.taille_octets),
    corrige: row.corrige_id,
    corrigeePar: row.corrigee_par,
    pasAvant: row.pas_avant,
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

/** Les colonnes d'une ligne du journal, dans l'ordre SQL ; la table s'appelle `a`. */
export const HISTORY_COLUMNS = `a.chaine, a.rang, a.deliberation_id, a.sujet, a.sujet_id, a.evenement, a.etat_avant, a.etat_apres,
  a.instant, a.acteur_genre, a.acteur_id, a.acteur_nom, a.motif, a.preuve, a.preuve::text AS preuve_texte, a.empreinte_precedente,
  a.empreinte`;

export const HISTORY_ROW = z.object({
  chaine: column.text,
  rang: column.bigint,
  deliberation_id: column.text.nullable(),
  sujet: column.text,
  sujet_id: column.text,
  evenement: column.text,
  etat_avant: column.text.nullable(),
  etat_apres: column.text.nullable(),
  instant: column.instant,
  acteur_genre: column.text,
  acteur_id: column.text.nullable(),
  acteur_nom: column.text.nullable(),
  motif: column.text.nullable(),
  preuve: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  preuve_texte: column.text,
  empreinte_precedente: column.text,
  empreinte: column.text,
});

export function historyEntryOf(row: z.infer<typeof HISTORY_ROW>): HistoryEntry {
  return {
    chaine: row.chaine,
    rang: row.rang,
    deliberationId: row.deliberation_id,
    sujet: row.sujet,
    sujetId: row.sujet_id,
    evenement: row.evenement,
    etatAvant: row.etat_avant,
    etatApres: row.etat_apres,
    instant: row.instant,
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
