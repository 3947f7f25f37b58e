import type { TrayRetour } from '@teletransmission/teletransmission';
import { RETOUR_STATE_LABELS } from '@teletransmission/teletransmission';
import type { RetourBody } from './retour.schema';

/** Un retour dans les mots de l'API. */
export function retourBodyOf(retour: TrayRetour): RetourBody {
  return {
    id: retour.id,
    nom: retour.nom,
    etat: retour.state,
    libelle: RETOUR_STATE_LABELS[retour.state].mot,
    recuLe: retour.recuLe,
    empreinte: retour.empreinte,
    tailleOctets: retour.tailleOctets,
    flux: retour.flux,
    transmission: retour.transmissionId,
    code: retour.code,
    explication: retour.detail,
    decisionEnCours: retour.isDecisionPending,
    remarques: retour.remarques.map(({ regle, detail, ligne, fichier }) => ({
      regle,
      detail,
      ligne: ligne ?? null,
      fichier: fichier ?? null,
    })),
  };
}
