import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { allowedReponses } from '../../correspondance/correspondance';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { ContenuLu } from '../../decision/decision';
import { decisionProblems } from '../../decision/problems';
import { annulationUnasked, reponseUnsent } from '../../decision/refusals.fr';
import type { CorrespondanceId, TransmissionId } from '../../ids';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { chooseReponse } from '../../retour/choose-candidate';
import type { Transmission } from '../../transmission/transmission';
import { visibleTransmission } from '../departure/visible-transmission';

/** Ce qu'une personne désigne : un acte, par sa transmission, ou une lettre dont la réponse attend son accusé. */
export type DesignatedTarget =
  | { readonly kind: 'transmission'; readonly id: string }
  | { readonly kind: 'correspondance'; readonly id: string };

/** Trouve la transmission dont parle un retour, d'après ce qu'une personne désigne et ce qu'elle a lu. */
export class FindTarget {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly correspondances: Pick<CorrespondanceRepository, 'find'>,
  ) {}

  /** @returns le refus `transmission/unknown` ou `correspondance/unknown`, aussi pour ce qui est d'une autre collectivité. */
  async execute(
    compte: Compte,
    designated: DesignatedTarget,
    contenu: ContenuLu,
  ): Promise<Result<Transmission>> {
    if (designated.kind === 'correspondance') return this.reponseTo(compte, designated.id, contenu);
    const id = designated.id as TransmissionId;
    const visible = await visibleTransmission(this.transmissions, compte, 'traiter-retour', id);
    if (!visible.ok) return visible;
    const found = visible.value;
    if (found.flux !== '1-1' || found.identifiantActe === null) return ok(found);
    // Tant qu'une annulation est en cours, c'est son envoi que la préfecture peut refuser.
    const isOfAnnulation =
      contenu.nature === 'accuse-annulation' ||
      (contenu.nature === 'anomalie' && found.state === 'cancelling');
    if (!isOfAnnulation) return ok(found);
    const annulation = await this.transmissions.findByIdentifiant(found.identifiantActe, '6-1');
    return annulation
      ? ok(annulation)
      : refuse(decisionProblems.decisionNotApplicable(annulationUnasked(), found.state));
  }

  private async reponseTo(compte: Compte, id: string, contenu: ContenuLu): Promise<Result<Transmission>> {
    const visible = authorizeOn(compte, 'traiter-retour', {
      found: await this.correspondances.find(id as CorrespondanceId),
      ownerOf: ({ collectiviteId }) => collectiviteId,
      unknown: problems.unknownCorrespondance(id),
    });
    if (!visible.ok) return visible;
    const lettre = visible.value;
    const { identifiantActe, dateCourrier, flux } = lettre;
    const reponses = await this.transmissions.findReponses(
      identifiantActe,
      dateCourrier,
      allowedReponses(flux),
    );
    const date = contenu.nature === 'accuse' ? contenu.dateReception : undefined;
    const own = reponses.filter(({ correspondanceId }) => correspondanceId === lettre.id);
    const reponse = chooseReponse(own, date, null);
    return reponse
      ? ok(reponse)
      : refuse(decisionProblems.decisionNotApplicable(reponseUnsent(), lettre.state));
  }
}
