import type { LectureXml } from '@teletransmission/actes';
import { nomEnveloppe } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { frenchDate, ok, refuse } from '@teletransmission/kernel';
import type { Collectivite } from '../../collectivite/collectivite';
import type { TransmissionId } from '../../ids';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { RetourRepository } from '../../ports/actes/retours';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { acteOfIdentifiant } from '../../retour/acte-dit';
import { chooseCandidate, chooseReponse } from '../../retour/choose-candidate';
import type { ActeNomme, MatchKey } from '../../retour/match-retour';
import { matchKeyOf } from '../../retour/match-retour';
import type { RetourCase } from '../../retour/policy';
import { RETOUR_POLICY } from '../../retour/policy';
import type { ReadMessage, RetourContent } from '../../retour/read-retour';
import type { Retour } from '../../retour/retour';
import type { FluxTransmis, Transmission } from '../../transmission/transmission';

/** Ce dont un message parle : une transmission, ou, pour une nomenclature que personne n'a demandée, une collectivité. */
export type Concerned =
  | {
      readonly kind: 'transmission';
      readonly transmission: Transmission;
      readonly isCurrentEnveloppe: boolean;
      /** Comment on l'a trouvée, quand le message ne la nomme pas exactement. */
      readonly remarque: Problem | null;
    }
  | { readonly kind: 'collectivite'; readonly collectivite: Collectivite };

/** Un message sans rattachement : son cas, et ce qui le précise. */
export interface Unmatched extends Problem {
  readonly case: RetourCase;
}

/** Ce qu'une recherche a donné. `identifiants` : plusieurs actes répondent, et rien ne les départage. */
type Search =
  | { readonly kind: 'found'; readonly concerned: Concerned }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'several'; readonly identifiants: readonly string[] };

const NOTHING: Search = { kind: 'nothing' };

/**
 * Trouve ce dont un message parle : par l'identifiant ou le nom exact ; à défaut par ce qu'il dit de l'acte, jamais dans une autre
 * collectivité ; à défaut, ce à quoi une personne l'a rattaché.
 */
export class FindConcerned {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly collectivites: CollectiviteRepository,
    private readonly retours: Pick<RetourRepository, 'findTwin'>,
  ) {}

  async execute(
    retour: Retour,
    { lecture, nom }: Pick<ReadMessage, 'lecture' | 'nom'>,
    enveloppe: RetourContent['enveloppe'],
  ): Promise<Result<Concerned, Unmatched>> {
    const key = matchKeyOf(lecture, { nom, enveloppe }, retour.nom);
    const search = key.ok ? await this.find(key.value, retour) : NOTHING;
    if (search.kind === 'found') return ok(search.concerned);
    const attached = await this.attachedTo(retour, lecture);
    if (attached) return ok(attached);
    if (!key.ok) return refuse({ ...key.problem, case: 'sans-rattachement' });
    return refuse(search.kind === 'several' ? ambiguous(search.identifiants) : unknown(key.value));
  }

  /** L'acte que cite un texte, quand un seul d'ici répond. */
  async findCited(identifiants: readonly string[]): Promise<Transmission | null> {
    const found = new Map<TransmissionId, Transmission>();
    for (const identifiant of identifiants) {
      const dit = acteOfIdentifiant(identifiant);
      const search = dit ? await this.findActe({ identifiant, dit }, '1-1') : NOTHING;
      if (search.kind !== 'found' || search.concerned.kind !== 'transmission') continue;
      found.set(search.concerned.transmission.id, search.concerned.transmission);
    }
    const [only] = found.values();
    return found.size === 1 ? (only ?? null) : null;
  }

  private async find(key: MatchKey, retour: Retour): Promise<Search> {
    switch (key.by) {
      case 'acte':
        return this.findActe(key.acte, key.flux);
      case 'enveloppe': {
        const matched = await this.transmissions.findByEnveloppe(key.key);
        return matched ? found(matched.transmission, null, matched.isCurrent) : NOTHING;
      }
      case 'reponse':
        return this.findReponse(key, retour);
      case 'classification': {
        const open = await this.transmissions.findOpenClassification(key.siren);
        if (open) return found(open);
        const collectivite = await this.collectivites.findBySiren(key.siren);
        return collectivite ? { kind: 'found', concerned: { kind: 'collectivite', collectivite } } : NOTHING;
      }
    }
  }

  private async findActe({ identifiant, dit }: ActeNomme, flux: FluxTransmis): Promise<Search> {
    const exact = identifiant === null ? null : await this.transmissions.findByIdentifiant(identifiant, flux);
    if (exact) return found(exact);
    const choice = chooseCandidate(await this.transmissions.findByActe(dit, flux), dit);
    if (choice.kind === 'one') return found(choice.transmission, foundOtherwise(choice.transmission));
    return choice.kind === 'several' ? choice : NOTHING;
  }

  /** La réponse que cet accusé clôt : par l'acte, puis par le jour de la lettre à laquelle elle répondait. */
  private async findReponse(key: Extract<MatchKey, { by: 'reponse' }>, retour: Retour): Promise<Search> {
    const acte = await this.findActe(key.acte, '1-1');
    if (acte.kind !== 'found' || acte.concerned.kind !== 'transmission') return acte;
    const { transmission, remarque } = acte.concerned;
    const { identifiantActe } = transmission;
    if (identifiantActe === null) return NOTHING;
    const { dateCourrier, dateReception, repondues } = key;
    const reponses = await this.transmissions.findReponses(identifiantActe, dateCourrier, repondues);
    // Deux lettres du même jour : les mêmes octets reviennent à la réponse qu'ils ont déjà close, non à l'autre.
    const twin = reponses.length > 1 ? await this.retours.findTwin(retour) : null;
    const reponse = chooseReponse(reponses, dateReception, twin);
    return reponse ? found(reponse, remarque) : NOTHING;
  }

  /** L'accusé d'une annulation rattaché à un acte parle de l'annulation de cet acte. */
  private async attachedTo(retour: Retour, lecture: LectureXml): Promise<Concerned | null> {
    if (retour.rattacheA === null) return null;
    const attached = await this.transmissions.find(retour.rattacheA);
    const identifiant = attached?.identifiantActe ?? null;
    if (lecture.type !== '6-2' || identifiant === null) return concernedBy(attached);
    return concernedBy(await this.transmissions.findByIdentifiant(identifiant, '6-1'));
  }
}

function concernedBy(
  transmission: Transmission | null,
  remarque: Problem | null = null,
  isCurrentEnveloppe = true,
): Concerned | null {
  return transmission && { kind: 'transmission', transmission, isCurrentEnveloppe, remarque };
}

function found(...[transmission, remarque, isCurrent]: [Transmission, (Problem | null)?, boolean?]): Search {
  const concerned = concernedBy(transmission, remarque, isCurrent);
  return concerned ? { kind: 'found', concerned } : NOTHING;
}

function foundOtherwise({ identifiantActe }: Transmission): Problem {
  return {
    code: 'retour/found-otherwise',
    detail: `Rattaché à ${identifiantActe ?? ''} par ce que le message dit de l’acte (SIREN, date, numéro, nature), non par son identifiant.`,
  };
}

function ambiguous(identifiants: readonly string[]): Unmatched {
  return {
    case: 'rattachement-ambigu',
    code: 'retour/act-ambiguous',
    detail: `Ce message peut parler de ${identifiants.join(' ou de ')}. ${RETOUR_POLICY['rattachement-ambigu'].phrase}`,
  };
}

function unknown(key: MatchKey): Unmatched {
  const isAnnulation = key.by === 'acte' && key.flux === '6-1';
  const of = isAnnulation ? 'annulation-sans-demande' : 'sans-rattachement';
  return {
    case: of,
    code: isAnnulation ? 'retour/annulation-unasked' : 'retour/act-unknown',
    detail: `Ce retour parle de ${nameOf(key)}, que nous n'avons pas transmis. ${RETOUR_POLICY[of].phrase}`,
  };
}

function nameOf(key: MatchKey): string {
  switch (key.by) {
    case 'acte':
      return key.flux === '6-1' ? `l'annulation de ${acteName(key.acte)}` : `l'acte ${acteName(key.acte)}`;
    case 'enveloppe':
      return `l'enveloppe ${nomEnveloppe(key.key)}`;
    case 'reponse':
      return `une réponse à la lettre du ${frenchDate(key.dateCourrier)} sur ${acteName(key.acte)}`;
    case 'classification':
      return `la nomenclature de ${key.siren}, collectivité qui n'est pas d'ici`;
  }
}

function acteName({ identifiant, dit }: ActeNomme): string {
  return (
    identifiant ?? `${dit.nature} n° ${dit.numero} du ${frenchDate(dit.dateDecision)} (SIREN ${dit.siren})`
  );
}
