import type { AuditEntry, HistoryEntry } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';

const ORIGIN = '0'.repeat(64);
const PLATEFORME = 'plateforme';

/** Le journal tel que la base le garde : une chaîne par collectivité, chaque ligne enchaînée à la précédente par son empreinte. */
export function historyOfJournal(journal: readonly AuditEntry[]): readonly HistoryEntry[] {
  const heads = new Map<string, Pick<HistoryEntry, 'rang' | 'empreinte'>>();
  return journal.map((entry) => {
    const chaine = entry.collectiviteId ?? PLATEFORME;
    const { rang, empreinte: empreintePrecedente } = heads.get(chaine) ?? { rang: 0, empreinte: ORIGIN };
    const preuveTexte = JSON.stringify(entry.preuve);
    const { acteur } = entry;
    const said = [entry.sujet, entry.sujetId, entry.evenement, entry.instant, acteur.kind, preuveTexte];
    const empreinte = createHash('sha256')
      .update([empreintePrecedente, ...said].join('\n'))
      .digest('hex');
    heads.set(chaine, { rang: rang + 1, empreinte });
    const acteurNom = acteur.kind === 'compte' ? acteur.nom : null;
    return {
      chaine,
      rang: rang + 1,
      deliberationId: entry.deliberationId,
      sujet: entry.sujet,
      sujetId: entry.sujetId,
      evenement: entry.evenement,
      etatAvant: entry.etatAvant,
      etatApres: entry.etatApres,
      instant: entry.instant,
      acteur: acteurNom ?? acteur.kind,
      acteurGenre: acteur.kind,
      acteurId: acteur.kind === 'compte' ? acteur.id : null,
      acteurNom,
      motif: entry.motif,
      preuve: entry.preuve,
      preuveTexte,
      empreintePrecedente,
      empreinte,
    };
  });
}
