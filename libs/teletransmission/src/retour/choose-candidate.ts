import { parseIdentifiantActe } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type { TransmissionId } from '../ids';
import type { Transmission } from '../transmission/transmission';
import type { ActeDit } from './acte-dit';
import { IN_FLIGHT_STATES } from '../vies/transmission-transitions';

/** Parmi les transmissions dont un message peut parler : laquelle, ou lesquelles restent. */
export type Choice =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly transmission: Transmission }
  | { readonly kind: 'several'; readonly identifiants: readonly string[] };

const GONE = ['cancelled', 'withdrawn'];

/**
 * Choisit entre des transmissions de même SIREN, date et nature, et de même numéro à la casse et aux tirets près. Le numéro écrit de même
 * l'emporte, puis le département dit, puis ce qui attend une réponse ; s'il en reste plusieurs, une personne choisit.
 */
export function chooseCandidate(candidates: readonly Transmission[], dit: ActeDit): Choice {
  const named = candidates.flatMap((transmission) => {
    const read = parseIdentifiantActe(transmission.identifiantActe ?? '');
    return read.ok ? [{ transmission, identifiant: read.value }] : [];
  });
  const sameNumero = narrow(named, ({ identifiant }) => identifiant.numeroInterne === dit.numero);
  const sameDepartement = narrow(
    sameNumero,
    ({ identifiant }) => identifiant.departement === dit.departement,
  );
  const left = narrowActes(sameDepartement.map(({ transmission }) => transmission));
  const [only] = left;
  if (!only) return { kind: 'none' };
  if (left.length === 1) return { kind: 'one', transmission: only };
  return { kind: 'several', identifiants: left.map(({ identifiantActe }) => identifiantActe ?? '') };
}

/**
 * La réponse qu'un accusé clôt, parmi celles rendues à des lettres du même jour : celle que ces mêmes octets ont déjà close ; sinon la plus
 * ancienne qui attend ; sinon celle qui porte déjà cette date ; sinon la dernière.
 */
export function chooseReponse(
  reponses: readonly Transmission[],
  dateReception: CivilDate | undefined,
  twin: TransmissionId | null,
): Transmission | null {
  return (
    reponses.find(({ id }) => id === twin) ??
    reponses.find(({ state }) => isOneOf(IN_FLIGHT_STATES, state)) ??
    reponses.find((reponse) => reponse.dateReception === dateReception) ??
    reponses.at(-1) ??
    null
  );
}

/** Une transmission par acte — la vivante, sinon la dernière —, et celles qui attendent une réponse s'il en reste plusieurs. */
function narrowActes(transmissions: readonly Transmission[]): readonly Transmission[] {
  const byActe = new Map<string, Transmission>();
  for (const transmission of transmissions) {
    const key = transmission.identifiantActe ?? '';
    const known = byActe.get(key);
    if (!known || GONE.includes(known.state)) byActe.set(key, transmission);
  }
  const actes = [...byActe.values()];
  return actes.length === 1 ? actes : narrow(actes, ({ state }) => isOneOf(IN_FLIGHT_STATES, state));
}

/** Ceux qui répondent au critère ; tous, si aucun n'y répond. */
function narrow<T>(all: readonly T[], isBetter: (candidate: T) => boolean): readonly T[] {
  const better = all.filter(isBetter);
  return better.length > 0 ? better : all;
}
