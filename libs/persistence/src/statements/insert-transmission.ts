import type { Transmission } from '@teletransmission/teletransmission';
import type { Statement } from './statement';
import { transmissionColumns } from '../mapping/transmission-mapping';

/** Le type de chaque colonne qui n'est pas un texte : dans un `SELECT`, PostgreSQL ne le devine pas. */
const COLUMN_TYPES: Readonly<Record<string, string>> = {
  id: 'uuid',
  deliberation_id: 'uuid',
  collectivite_id: 'uuid',
  correspondance_id: 'uuid',
  corrige_id: 'uuid',
  since: 'timestamptz',
  version: 'int',
  cycle: 'int',
  turn: 'int',
  next_turn_at: 'timestamptz',
  pas_avant: 'timestamptz',
  ack_due_at: 'timestamptz',
  is_overdue: 'boolean',
  enveloppe_id: 'uuid',
  classification_envoyee: 'date',
  teletransmise_le: 'timestamptz',
  date_reception: 'date',
  image_du: 'timestamptz',
  image_cycle: 'int',
};

/**
 * Fait naître une transmission : avec le changement qui la demande (`source`), ou seule. Seule, une semblable déjà ouverte l'emporte et
 * rien ne s'écrit.
 */
export function insertTransmission(
  statement: Statement,
  name: string,
  transmission: Transmission,
  source: string | null,
): void {
  const columns = transmissionColumns(transmission);
  const values = Object.entries(columns).map(([column, value]) =>
    statement.bind(value, COLUMN_TYPES[column] ?? 'text'),
  );
  const origin = source === null ? 'ON CONFLICT DO NOTHING' : `FROM ${source}`;
  statement.step(
    name,
    `INSERT INTO transmissions (${Object.keys(columns).join(', ')}) SELECT ${values.join(', ')}
      ${origin} RETURNING id`,
  );
}
