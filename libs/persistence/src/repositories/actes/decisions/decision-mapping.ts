import type {
  CollectiviteId,
  CompteId,
  ContenuLu,
  Decision,
  DecisionId,
  DeliberationId,
  RetourId,
  Signature,
  TransmissionId,
} from '@teletransmission/teletransmission';
import {
  DECISION_STATES,
  FLUX_LETTRES,
  NATURES_DECISION,
  RETOUR_STATES,
} from '@teletransmission/teletransmission';
import { z } from 'zod';
import { column } from '../../../sql/columns';
import { UnreadableRow } from '../../../sql/read-rows';

/** Une ligne de `decisions_retours`. Les dates y sont du texte : un jour n'a pas de fuseau. */
export const DECISION_ROW = z.object({
  id: column.id<DecisionId>(),
  retour_id: column.id<RetourId>(),
  retour_etat: column.word(RETOUR_STATES),
  lecture: column.integer,
  transmission_id: column.id<TransmissionId>(),
  collectivite_id: column.id<CollectiviteId>(),
  deliberation_id: column.id<DeliberationId>().nullable(),
  nature: column.word(NATURES_DECISION),
  date_reception: column.day.nullable(),
  identifiant_lu: column.text.nullable(),
  code_anomalie: column.text.nullable(),
  detail_anomalie: column.text.nullable(),
  flux_lettre: column.word(FLUX_LETTRES).nullable(),
  date_courrier: column.day.nullable(),
  texte_lettre: column.text.nullable(),
  lu: column.text,
  state: column.word(DECISION_STATES),
  auteur_id: column.id<CompteId>(),
  auteur_nom: column.text,
  auteur_le: column.instant,
  auteur_motif: column.text,
  cloture_id: column.id<CompteId>().nullable(),
  cloture_nom: column.text.nullable(),
  cloture_le: column.instant.nullable(),
  cloture_motif: column.text.nullable(),
});

export type DecisionRow = z.infer<typeof DECISION_ROW>;

export const DECISION_COLUMNS = `id, retour_id, retour_etat, lecture, transmission_id, collectivite_id, deliberation_id, nature,
  date_reception::text, identifiant_lu, code_anomalie, detail_anomalie, flux_lettre, date_courrier::text, texte_lettre, lu, state,
  auteur_id, auteur_nom, auteur_le, auteur_motif, cloture_id, cloture_nom, cloture_le, cloture_motif`;

/** Une décision, lue. */
export function decisionOf(row: DecisionRow): Decision {
  return {
    id: row.id,
    retourId: row.retour_id,
    retourState: row.retour_etat,
    lecture: row.lecture,
    transmissionId: row.transmission_id,
    collectiviteId: row.collectivite_id,
    deliberationId: row.deliberation_id,
    contenu: contenuOf(row),
    lu: row.lu,
    auteur: {
      id: row.auteur_id,
      nom: row.auteur_nom,
      le: row.auteur_le,
      motif: row.auteur_motif,
    },
    state: row.state,
    cloture: clotureOf(row),
  };
}

function clotureOf({ cloture_id, cloture_nom, cloture_le, cloture_motif }: DecisionRow): Signature | null {
  if (cloture_id === null || cloture_nom === null || cloture_le === null || cloture_motif === null)
    return null;
  return {
    id: cloture_id,
    nom: cloture_nom,
    le: cloture_le,
    motif: cloture_motif,
  };
}

/** Ce que la nature d'une décision demande : la base y tient. */
function present<T>(value: T | null, name: string): T {
  if (value === null) throw new UnreadableRow([name]);
  return value;
}

function contenuOf(row: DecisionRow): ContenuLu {
  switch (row.nature) {
    case 'accuse':
    case 'accuse-annulation':
      return {
        nature: row.nature,
        dateReception: present(row.date_reception, 'date_reception'),
        identifiant: row.identifiant_lu,
      };
    case 'anomalie':
      return { nature: row.nature, code: row.code_anomalie ?? '', detail: row.detail_anomalie ?? '' };
    case 'lettre':
      return {
        nature: row.nature,
        flux: present(row.flux_lettre, 'flux_lettre'),
        dateCourrier: present(row.date_courrier, 'date_courrier'),
        texte: row.texte_lettre,
      };
    case 'information':
      return { nature: row.nature };
  }
}

/** Une décision, à écrire : chaque colonne, sa valeur et son type. */
export function decisionValues(decision: Decision): readonly {
  readonly column: string;
  readonly value: unknown;
  readonly type: string;
}[] {
  const { contenu, auteur, cloture } = decision;
  const accuse = 'dateReception' in contenu ? contenu : null;
  const anomalie = contenu.nature === 'anomalie' ? contenu : null;
  const lettre = contenu.nature === 'lettre' ? contenu : null;
  const columns: readonly (readonly [column: string, value: unknown, type: string])[] = [
    ['id', decision.id, 'uuid'],
    ['retour_id', decision.retourId, 'uuid'],
    ['retour_etat', decision.retourState, 'text'],
    ['lecture', decision.lecture, 'int'],
    ['transmission_id', decision.transmissionId, 'uuid'],
    ['collectivite_id', decision.collectiviteId, 'uuid'],
    ['deliberation_id', decision.deliberationId, 'uuid'],
    ['nature', contenu.nature, 'text'],
    ['date_reception', accuse?.dateReception ?? null, 'date'],
    ['identifiant_lu', accuse?.identifiant ?? null, 'text'],
    ['code_anomalie', anomalie?.code ?? null, 'text'],
    ['detail_anomalie', anomalie?.detail ?? null, 'text'],
    ['flux_lettre', lettre?.flux ?? null, 'text'],
    ['date_courrier', lettre?.dateCourrier ?? null, 'date'],
    ['texte_lettre', lettre?.texte ?? null, 'text'],
    ['lu', decision.lu, 'text'],
    ['state', decision.state, 'text'],
    ['auteur_id', auteur.id, 'uuid'],
    ['auteur_nom', auteur.nom, 'text'],
    ['auteur_le', auteur.le, 'timestamptz'],
    ['auteur_motif', auteur.motif, 'text'],
    ['cloture_id', cloture?.id ?? null, 'uuid'],
    ['cloture_nom', cloture?.nom ?? null, 'text'],
    ['cloture_le', cloture?.le ?? null, 'timestamptz'],
    ['cloture_motif', cloture?.motif ?? null, 'text'],
  ];
  return columns.map(([column, value, type]) => ({ column, value, type }));
}
