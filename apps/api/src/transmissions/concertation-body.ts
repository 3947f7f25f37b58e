import type { ConstatAnswer } from '@teletransmission/teletransmission';
import type { ConcertationBody } from './constat.schema';

/** Où en est un envoi après un constat, dans les mots de l'API. */
export function concertationBodyOf({
  transmissionId,
  state,
  constats,
  attendu,
}: ConstatAnswer): ConcertationBody {
  return {
    transmission: transmissionId,
    etat: state,
    constats: constats.map(({ compteNom, constat, motif, instant }) => ({
      auteur: compteNom,
      constat,
      motif,
      le: instant,
    })),
    attendu,
  };
}
