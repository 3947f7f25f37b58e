/** Un départ accordé devient un envoi presque aussitôt ; au-delà, c'est un autre tour. */
export const OPENING_SECONDS = 300;

/**
 * Les départs comptés depuis une heure, tous guichets : les envois, qui sont la vérité, et les départs accordés en base qui n'en sont
 * pas encore.
 * @param since le paramètre qui porte cette heure. @param opening celui qui porte `OPENING_SECONDS`.
 */
export function departuresSql(since: string, opening: string): string {
  return `SELECT v.liaison_id, c.departement, v.transmission_id, e.cycle || '-' || v.turn AS tour, e.siren, e.taille_octets AS octets, v.ouvert_le AS le
      FROM envois v JOIN enveloppes e ON e.id = v.enveloppe_id JOIN collectivites c ON c.id = v.collectivite_id
      WHERE v.ouvert_le > ${since}
    UNION ALL
    SELECT d.liaison_id, d.departement, d.transmission_id, d.tour, d.siren, d.octets, d.accorde_le FROM departs d
      WHERE d.accorde_le > ${since} AND NOT EXISTS (SELECT 1 FROM envois v
        WHERE v.transmission_id = d.transmission_id AND v.ouvert_le >= d.accorde_le
        AND v.ouvert_le < d.accorde_le + make_interval(secs => ${opening}))`;
}
