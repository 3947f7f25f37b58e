import type { KeptMessage } from '@teletransmission/teletransmission';
import type { Statement } from './statement';

/** Garde un message comme un document à lui, si `source` a une ligne ; il y est déjà, rien ne change. @param transmission la colonne de `source` qui la nomme, ou `NULL`. */
export function keepMessage(
  statement: Statement,
  name: string,
  { retourId, type, nom, empreinte, tailleOctets }: KeptMessage,
  source: string,
  transmission: string,
): void {
  const values = [
    statement.bind(retourId, 'uuid'),
    statement.bind(nom, 'text'),
    statement.bind(type, 'text'),
    statement.bind(empreinte, 'char(64)'),
    statement.bind(tailleOctets, 'bigint'),
  ];
  statement.step(
    name,
    `INSERT INTO messages_recus (retour_id, nom, type, empreinte, taille_octets, transmission_id, collectivite_id)
      SELECT ${values.join(', ')}, ${transmission}, ${source}.collectivite_id FROM ${source}
      ON CONFLICT (retour_id, nom) DO NOTHING RETURNING retour_id`,
  );
}
