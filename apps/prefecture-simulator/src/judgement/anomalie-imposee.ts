import { NATURES_ENVELOPPE } from '../scenarios/scenario';
import type { Consigne } from '../scenarios/scenario';
import type { Anomalie } from '../dossier/anomalie';

/** Ce que dit une anomalie imposée par le pilotage, nature par nature. */
const DETAILS_IMPOSES: Readonly<Record<string, string>> = {
  '001': "Règle deja-transmis : l'acte a déjà été transmis, ou son numéro est déjà pris.",
  '002': "ODT-VERIF-01 : la date de classification de l'acte n'est pas à jour.",
  '003': 'Règle matieres : le chemin des matières est incomplet.',
  '004': 'Règle message-valide : des champs obligatoires sont absents.',
  '005': "Règle message-valide : le contenu d'un champ est mauvais.",
  '006': 'Règle documents-presents : un document est introuvable.',
  '007': "Règle formats : le format d'un document n'est pas autorisé.",
};

/** L'anomalie que le pilotage demande, avec la nature et le texte qu'il donne, sinon ceux par défaut. */
export function imposedAnomalie(consigne: Consigne, natureParDefaut: string): Anomalie {
  const nature = consigne.anomalie?.nature ?? natureParDefaut;
  const detail = consigne.anomalie?.detail ?? DETAILS_IMPOSES[nature];
  return { nature, regle: 'pilotage', detail: detail ?? 'Règle pilotage : anomalie demandée au simulateur.' };
}

/** La même, pour l'archive entière : une nature que l'anomalie d'enveloppe ne connaît pas devient 100, « autre ». */
export function imposedAnomalieEnveloppe(consigne: Consigne, natureParDefaut: string): Anomalie {
  const anomalie = imposedAnomalie(consigne, natureParDefaut);
  const isKnown = NATURES_ENVELOPPE.has(anomalie.nature) || anomalie.nature === '999';
  return isKnown ? anomalie : { ...anomalie, nature: '100' };
}
