import type { CivilDate, Instant } from '@teletransmission/kernel';
import { z } from 'zod';
import { fromTimestamp } from '../instants';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Un texte du domaine, sous sa marque : une identité, une empreinte. La base en garde déjà la forme. */
function branded<Mark extends string>(): z.ZodType<Mark> {
  return z.custom<Mark>((value) => typeof value === 'string');
}

/** Une colonne d'une ligne SQL : ce que `pg` en rend, et ce que nous en faisons. `.nullable()` quand elle peut manquer. */
export const column = {
  text: z.string(),
  boolean: z.boolean(),
  /** `int`, `smallint`, ou un compte ramené par `::int`. */
  integer: z.int(),
  /** `bigint` ou `numeric` : `pg` les rend en texte, pour n'en perdre aucun chiffre ; les nôtres tiennent tous dans un nombre. */
  bigint: z.string().transform(Number).pipe(z.number()),
  /** `timestamptz`. */
  instant: z.date().transform((value): Instant => fromTimestamp(value)),
  /** Un jour, sorti par `::text` : jamais d'un fuseau à l'autre. */
  day: z.custom<CivilDate>((value) => typeof value === 'string' && DAY.test(value)),
  id: branded,
  /** Un mot d'une liste fermée : un état, un genre. */
  word: z.enum,
} as const;
