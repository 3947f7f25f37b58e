import type { LectureXml } from '@teletransmission/actes';
import { nomEnveloppe } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { frenchDate, ok, refuse } from '@teletransmission/kernel';
import type { Collectivite } from '../collectivite/collectivite';
import type { CollectiviteRepository } from '../ports/collectivites';
import type { TransmissionRepository } from '../ports/transmissions';
import type { MatchKey } from '../retour/match-retour';
import { matchKeyOf } from '../retour/match-retour';
import type { RetourCase } from '../retour/policy';
import { RETOUR_POLICY } from '../retour/policy';
import type { RetourContent } from '../retour/read-retour';
import type { Retour } from '../retour/retour';
import type { Transmission } from '../transmission/transmission';

/** Ce dont un message parle : une transmission, ou, pour une nomenclature que personne n'a demandée, une collectivité. */
export type Concerned =
  | {
      readonly kind: 'transmission';
      readonly transmission: Transmission;
      readonly isCurrentEnveloppe: boolean;
    }
  | { readonly kind: 'collectivite'; readonly collectivite: Collectivite };

/** Un message sans rattachement : son cas, et ce qui le précise. */
export interface Unmatched extends Problem {
  readonly case: RetourCase;
}

/** Trouve ce dont un message parle, par l'identifiant ou le nom entier ; à défaut, ce à quoi une personne l'a rattaché. */
export class FindConcerned {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly collectivites: CollectiviteRepository,
  ) {}

  async execute(
    retour: Retour,
    lecture: LectureXml,
    enveloppe: RetourContent['enveloppe'],
  ): Promise<Result<Concerned, Unmatched>> {
    const key = matchKeyOf(lecture, enveloppe, retour.nom);
    const found = key.ok ? await this.find(key.value) : null;
    const concerned = found ?? (await this.attachedTo(retour, lecture));
    if (concerned) return ok(concerned);
    if (!key.ok) return refuse({ ...key.problem, case: 'sans-rattachement' });
    return refuse(unknown(key.value));
  }

  private async find(key: MatchKey): Promise<Concerned | null> {
    switch (key.by) {
      case 'identifiant':
        return concernedBy(await this.transmissions.findByIdentifiant(key.identifiant, key.flux));
      case 'enveloppe': {
        const matched = await this.transmissions.findByEnveloppe(key.key);
        return matched && concernedBy(matched.transmission, matched.isCurrent);
      }
      case 'reponse':
        return concernedBy(
          await this.transmissions.findOpenReponse(key.identifiant, key.dateCourrier, key.repondues),
        );
      case 'classification': {
        const open = await this.transmissions.findOpenClassification(key.siren);
        if (open) return concernedBy(open);
        const collectivite = await this.collectivites.findBySiren(key.siren);
        return collectivite && { kind: 'collectivite', collectivite };
      }
    }
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

function concernedBy(transmission: Transmission | null, isCurrentEnveloppe = true): Concerned | null {
  return transmission && { kind: 'transmission', transmission, isCurrentEnveloppe };
}

function unknown(key: MatchKey): Unmatched {
  const isAnnulation = key.by === 'identifiant' && key.flux === '6-1';
  const of = isAnnulation ? 'annulation-sans-demande' : 'sans-rattachement';
  return {
    case: of,
    code: isAnnulation ? 'retour/annulation-unasked' : 'retour/act-unknown',
    detail: `Ce retour parle de ${nameOf(key)}, que nous n'avons pas transmis. ${RETOUR_POLICY[of].phrase}`,
  };
}

function nameOf(key: MatchKey): string {
  switch (key.by) {
    case 'identifiant':
      return key.flux === '6-1' ? `l'annulation de ${key.identifiant}` : `l'acte ${key.identifiant}`;
    case 'enveloppe':
      return `l'enveloppe ${nomEnveloppe(key.key)}`;
    case 'reponse':
      return `une réponse à la lettre du ${frenchDate(key.dateCourrier)} sur ${key.identifiant}`;
    case 'classification':
      return `la nomenclature de ${key.siren}, collectivité qui n'est pas d'ici`;
  }
}
