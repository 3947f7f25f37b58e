import type { Instant } from '@teletransmission/kernel';
import type { Actor, AuditEntry } from '../audit/audit-entry';
import type { Liaison } from './liaison';
import type { Rattachement } from './rattachement';

/** Ce que le journal retient des liaisons. */
export const LIAISON_EVENT_LABELS = {
  'liaison-registered': 'Liaison inscrite',
  'collectivite-bound': 'Collectivité reliée à une liaison',
} as const;

/** L'inscription d'une liaison, ou le changement de ce qu'elle est : dans la chaîne de la plateforme. */
export function liaisonRegistered(liaison: Liaison, instant: Instant, acteur: Actor): AuditEntry {
  const { genre, compte, traits, regles, reglages, etat, parDefaut } = liaison;
  return {
    collectiviteId: null,
    deliberationId: null,
    sujet: 'liaison',
    sujetId: liaison.id,
    evenement: 'liaison-registered',
    etatAvant: null,
    etatApres: null,
    instant,
    acteur,
    motif: null,
    preuve: { genre, compte, ...traits, ...regles, url: reglages.url, etat, parDefaut },
  };
}

/** Une collectivité change de liaison : dans sa chaîne, avec celle d'avant. */
export function collectiviteBound(
  { collectiviteId, liaisonId, depuis }: Rattachement,
  before: Rattachement | null,
  instant: Instant,
  acteur: Actor,
  motif: string,
): AuditEntry {
  return {
    collectiviteId,
    deliberationId: null,
    sujet: 'collectivite',
    sujetId: collectiviteId,
    evenement: 'collectivite-bound',
    etatAvant: null,
    etatApres: null,
    instant,
    acteur,
    motif,
    preuve: { liaison: liaisonId, depuis, auparavant: before?.liaisonId ?? null },
  };
}
