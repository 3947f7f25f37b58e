import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  CompteId,
  ContenuLu,
  Decision,
  DecisionId,
  DecisionState,
  DeliberationId,
  FluxLettre,
  NatureDecision,
  RetourId,
  RetourState,
  Signature,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { fromTimestamp } from '../../../instants';

/** Une ligne de `decisions_retours`. Les dates y sont du texte : un jour n'a pas de fuseau. */
export interface DecisionRow {
  readonly id: string;
  readonly retour_id: string;
  readonly retour_etat: string;
  readonly lecture: number;
  readonly transmission_id: string;
  readonly collectivite_id: string;
  readonly deliberation_id: string | null;
  readonly nature: NatureDecision;
  readonly date_reception: string | null;
  readonly identifiant_lu: string | null;
  readonly code_anomalie: string | null;
  readonly detail_anomalie: string | null;
  readonly flux_lettre: string | null;
  readonly date_courrier: string | null;
  readonly texte_lettre: string | null;
  readonly lu: string;
  readonly state: DecisionState;
  readonly auteur_id: string;
  readonly auteur_nom: string;
  readonly auteur_le: Date;
  readonly auteur_motif: string;
  readonly cloture_id: string | null;
  readonly cloture_nom: string | null;
  readonly cloture_le: Date | null;
  readonly cloture_motif: string | null;
}

export const DECISION_COLUMNS = `id, retour_id, retour_etat, lecture, transmission_id, collectivite_id, deliberation_id, nature,
  date_reception::text, identifiant_lu, code_anomalie, detail_anomalie, flux_lettre, date_courrier::text, texte_lettre, lu, state,
  auteur_id, auteur_nom, auteur_le, auteur_motif, cloture_id, cloture_nom, cloture_le, cloture_motif`;

/** Une décision, lue. */
export function decisionOf(row: DecisionRow): Decision {
  return {
    id: row.id as DecisionId,
    retourId: row.retour_id as RetourId,
    retourState: row.retour_etat as RetourState,
    lecture: row.lecture,
    transmissionId: row.transmission_id as TransmissionId,
    collectiviteId: row.collectivite_id as CollectiviteId,
    deliberationId: row.deliberation_id as DeliberationId | null,
    contenu: contenuOf(row),
    lu: row.lu,
    auteur: {
      id: row.auteur_id as CompteId,
      nom: row.auteur_nom,
      le: fromTimestamp(row.auteur_le),
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
    id: cloture_id as CompteId,
    nom: cloture_nom,
    le: fromTimestamp(cloture_le),
    motif: cloture_motif,
  };
}

function contenuOf(row: DecisionRow): ContenuLu {
  switch (row.nature) {
    case 'accuse':
    case 'accuse-annulation':
      return {
        nature: row.nature,
        dateReception: row.date_reception as CivilDate,
        identifiant: row.identifiant_lu,
      };
    case 'anomalie':
      return { nature: row.nature, code: row.code_anomalie ?? '', detail: row.detail_anomalie ?? '' };
    case 'lettre':
      return {
        nature: row.nature,
        flux: row.flux_lettre as FluxLettre,
        dateCourrier: row.date_courrier as CivilDate,
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
