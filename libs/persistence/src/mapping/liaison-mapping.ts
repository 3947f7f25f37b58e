import type {
  CollectiviteId,
  DepositRules,
  Liaison,
  LiaisonId,
  LiaisonSettings,
  LiaisonTraits,
  Rattachement,
} from '@teletransmission/teletransmission';
import { fromNullableTimestamp } from '../instants';

/** Une liaison, telle que sa ligne ou une jointure la rend, sous des noms qui ne se confondent avec aucune autre colonne. */
export interface LiaisonRow {
  readonly liaison_id: string;
  readonly genre: Liaison['genre'];
  readonly liaison_nom: string;
  readonly liaison_compte: string | null;
  readonly prend: LiaisonTraits['prend'];
  readonly releve: LiaisonTraits['releve'];
  readonly prouve_absence: boolean;
  readonly accuse_lettres: boolean;
  readonly brule_numeros: boolean;
  readonly regles: DepositRules;
  readonly reglages: LiaisonSettings;
  readonly etat: Liaison['etat'];
  readonly par_defaut: boolean;
}

/** Les colonnes d'une liaison lue sous l'alias `l`. */
export const LIAISON_COLUMNS = `l.id AS liaison_id, l.genre, l.nom AS liaison_nom, l.compte AS liaison_compte, l.prend, l.releve,
  l.prouve_absence, l.accuse_lettres, l.brule_numeros, l.regles, l.reglages, l.etat, l.par_defaut`;

export function liaisonOf(row: LiaisonRow): Liaison {
  return {
    id: row.liaison_id as LiaisonId,
    genre: row.genre,
    nom: row.liaison_nom,
    compte: row.liaison_compte,
    traits: {
      prend: row.prend,
      releve: row.releve,
      prouveAbsence: row.prouve_absence,
      accuseLettres: row.accuse_lettres,
      bruleNumeros: row.brule_numeros,
    },
    regles: row.regles,
    reglages: row.reglages,
    etat: row.etat,
    parDefaut: row.par_defaut,
  };
}

/** Un rattachement ; ses bornes infinies se lisent nulles. */
export interface RattachementRow {
  readonly collectivite_id: string;
  readonly liaison_id: string;
  readonly depuis: Date | null;
  readonly jusqua: Date | null;
}

export const RATTACHEMENT_COLUMNS = `collectivite_id, liaison_id, nullif(depuis, '-infinity') AS depuis,
  nullif(jusqua, 'infinity') AS jusqua`;

export function rattachementOf(row: RattachementRow): Rattachement {
  return {
    collectiviteId: row.collectivite_id as CollectiviteId,
    liaisonId: row.liaison_id as LiaisonId,
    depuis: fromNullableTimestamp(row.depuis),
    jusqua: fromNullableTimestamp(row.jusqua),
  };
}
