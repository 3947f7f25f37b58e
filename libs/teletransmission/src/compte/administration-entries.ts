import type { Instant } from '@teletransmission/kernel';
import type { Collectivite } from '../collectivite/collectivite';
import type { Compte, StoredJeton } from './compte';
import type { Actor, AuditEntry } from '../audit/audit-entry';

/** Qui administre depuis la machine : la console n'a pas de compte à nommer. */
export const CONSOLE: Actor = { kind: 'console' };

function compteEntry(evenement: string, compte: Compte, instant: Instant, acteur: Actor): AuditEntry {
  return {
    collectiviteId: compte.collectiviteId,
    deliberationId: null,
    sujet: 'compte',
    sujetId: compte.id,
    evenement,
    etatAvant: null,
    etatApres: null,
    instant,
    acteur,
    motif: null,
    preuve: { role: compte.role, portee: compte.collectiviteId ?? 'plateforme' },
  };
}

/** L'ouverture d'un compte et son premier jeton ; dans la chaîne de sa collectivité, ou de la plateforme s'il vaut pour toutes. */
export function compteOpened(
  compte: Compte,
  { creeLe, expireLe }: Pick<StoredJeton, 'creeLe' | 'expireLe'>,
  acteur: Actor,
): AuditEntry {
  const entry = compteEntry('compte-opened', compte, creeLe, acteur);
  return expireLe ? { ...entry, preuve: { ...entry.preuve, expireLe } } : entry;
}

/** Un jeton de plus pour un compte, et la fin de ceux d'avant. Le jeton lui-même n'y est pas, ni son empreinte. */
export function jetonRenewed(
  compte: Compte,
  jeton: Pick<StoredJeton, 'creeLe' | 'expireLe'>,
  othersEndAt: Instant,
  acteur: Actor,
): AuditEntry {
  const entry = compteEntry('jeton-renewed', compte, jeton.creeLe, acteur);
  return {
    ...entry,
    preuve: { ...entry.preuve, expireLe: jeton.expireLe ?? null, finDesAutres: othersEndAt },
  };
}

/** L'extinction d'un compte, de ses jetons et de ses sessions. */
export function compteRevoked(compte: Compte, instant: Instant, acteur: Actor): AuditEntry {
  return compteEntry('compte-revoked', compte, instant, acteur);
}

/** L'inscription d'une collectivité, ou le changement de ses réglages : ce qu'ils valent désormais, hors personnes et adresses de retour. */
export function collectiviteRegistered(
  collectivite: Collectivite,
  instant: Instant,
  acteur: Actor,
): AuditEntry {
  const { siren, departement, arrondissement, natureCollectivite, fuseau } = collectivite;
  const { classificationDateVersion, tiretsPermis, publicationAutomatique, adresseDesActes, quotaOctets } =
    collectivite;
  return {
    collectiviteId: collectivite.id,
    deliberationId: null,
    sujet: 'collectivite',
    sujetId: collectivite.id,
    evenement: 'collectivite-registered',
    etatAvant: null,
    etatApres: null,
    instant,
    acteur,
    motif: null,
    preuve: {
      siren,
      departement,
      arrondissement,
      natureCollectivite,
      fuseau,
      classificationDateVersion,
      tiretsPermis,
      publicationAutomatique,
      adresseDesActes,
      quotaOctets,
    },
  };
}
