import type { AuditEntry, Evidence } from '../audit/audit-entry';
import type { Retour } from '../retour/retour';
import type { ContenuLu, Decision } from './decision';
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
      ...readEvidence(contenu),
      decision: decision.id,
      transmission: decision.transmissionId,
      retour: nom,
      empreinteRetour: empreinte,
      lu,
      ...(cloture ? { premier: auteur.nom, premierId: auteur.id } : {}),
    },
  };
}

/** Ce qu'une personne a lu, au journal ; le texte d'une lettre, lui, reste avec elle. */
export function readEvidence(contenu: ContenuLu): Evidence {
  const { nature: natureLue } = contenu;
  switch (contenu.nature) {
    case 'accuse':
    case 'accuse-annulation':
      return { natureLue, dateReception: contenu.dateReception, identifiantLu: contenu.identifiant };
    case 'anomalie':
      return { natureLue, code: contenu.code, detail: contenu.detail };
    case 'lettre':
      return { natureLue, flux: contenu.flux, dateCourrier: contenu.dateCourrier };
    case 'information':
      return { natureLue };
  }
}
