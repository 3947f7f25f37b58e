import type { AuditEntry } from '../audit/audit-entry';
import type { Retour } from '../retour/retour';
import type { Decision } from './decision';
import type { DecisionEvent } from './labels.fr';

/** La ligne de journal d'une décision qui se propose, se refuse ou se retire : le retour et l'acte n'en changent pas. */
export function decisionAudit(
  decision: Decision,
  { id: sujetId, nom, empreinte }: Pick<Retour, 'id' | 'nom' | 'empreinte'>,
  evenement: DecisionEvent,
): AuditEntry {
  const { auteur, cloture, contenu, lu, collectiviteId, deliberationId } = decision;
  const acting = cloture ?? auteur;
  return {
    collectiviteId,
    deliberationId,
    sujet: 'retour',
    sujetId,
    evenement,
    etatAvant: null,
    etatApres: null,
    instant: acting.le,
    acteur: { kind: 'compte', id: acting.id, nom: acting.nom },
    motif: acting.motif,
    preuve: {
      ...contenu,
      decision: decision.id,
      transmission: decision.transmissionId,
      retour: nom,
      empreinteRetour: empreinte,
      lu,
      ...(cloture ? { premier: auteur.nom, premierId: auteur.id } : {}),
    },
  };
}
