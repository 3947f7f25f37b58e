import type { Instant } from '@teletransmission/kernel';

/** Une ligne du journal telle qu'elle se garde : son rang dans sa chaîne, et le texte exact de sa preuve. */
export interface ChainedAuditEntry {
  /** L'identité de la collectivité, ou `plateforme`. */
  readonly chaine: string;
  readonly rang: number;
  readonly instant: Instant;
  readonly sujet: string;
  readonly sujetId: string;
  readonly deliberationId: string | null;
  readonly evenement: string;
  readonly etatAvant: string | null;
  readonly etatApres: string | null;
  readonly acteurGenre: string;
  readonly acteurId: string | null;
  readonly acteurNom: string | null;
  readonly motif: string | null;
  /** Le JSON tel qu'il est gardé : le relire et le réécrire pourrait en changer l'ordre ou les nombres. */
  readonly preuve: string;
  readonly empreintePrecedente: string;
  readonly empreinte: string;
}

/** L'empreinte d'avant la première ligne d'une chaîne. */
export const AUDIT_CHAIN_ORIGIN = '0'.repeat(64);

/**
 * Le texte dont l'empreinte d'une ligne est le SHA-256 (en UTF-8) : un tableau JSON de ses champs, séparés par « , ». Qui tient le
 * journal et cette règle peut tout revérifier sans nous.
 */
export function auditCanonicalText(entry: ChainedAuditEntry): string {
  const fields = [
    entry.chaine,
    String(entry.rang),
    entry.instant,
    entry.sujet,
    entry.sujetId,
    entry.deliberationId,
    entry.evenement,
    entry.etatAvant,
    entry.etatApres,
    entry.acteurGenre,
    entry.acteurId,
    entry.acteurNom,
    entry.motif,
    entry.preuve,
    entry.empreintePrecedente,
  ];
  return `[${fields.map((field) => JSON.stringify(field)).join(', ')}]`;
}
