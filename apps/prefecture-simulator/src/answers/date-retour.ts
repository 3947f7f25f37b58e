import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '@teletransmission/kernel';
import type { RetourEmis } from '../ledger/ledger-entry';
import type { RetourCompose } from './pack-envoi';

/** Donne à un retour composé son identifiant, ses heures et son empreinte SHA-256. */
export function dateRetour(
  compose: RetourCompose,
  archive: string | null,
  creeLe: Instant,
  disponibleLe: Instant,
): RetourEmis {
  const { octets, nom, contenu, flux, identifiantActe, compteurMessage, enveloppe, alterations } = compose;
  return {
    nom,
    contenu,
    flux,
    identifiantActe,
    compteurMessage,
    enveloppe,
    ...(alterations === undefined ? {} : { alterations }),
    id: randomUUID(),
    archive,
    tailleOctets: octets.length,
    empreinte: createHash('sha256').update(octets).digest('hex'),
    creeLe,
    disponibleLe,
  };
}
