import type { AlerteWatch, Repere, SilenceBounds } from '@teletransmission/teletransmission';

/** Une surveillance traduite : d'où lire, à quelle clé, sous quelle condition. Les valeurs liées sont `$1` (borne) et `$2` (sauf). */
export interface SilenceSql {
  readonly from: string;
  readonly alias: string;
  /** La colonne qui range les silences, du plus ancien au plus récent ; un index la porte avec l'état. */
  readonly rang: string;
  readonly depuis: string;
  readonly collectiviteId: string;
  readonly deliberationId: string;
  readonly condition: string;
}

const SUJETS: Readonly<
  Record<
    AlerteWatch['sujet'],
    Pick<SilenceSql, 'from' | 'alias' | 'rang' | 'collectiviteId' | 'deliberationId'>
  >
> = {
  transmission: {
    from: 'transmissions t',
    alias: 't',
    rang: 't.since',
    collectiviteId: 't.collectivite_id',
    deliberationId: 't.deliberation_id',
  },
  retour: {
    from: 'retours r',
    alias: 'r',
    rang: 'r.recu_le',
    collectiviteId: 'r.collectivite_id',
    deliberationId: 'NULL::uuid',
  },
  correspondance: {
    from: 'correspondances l JOIN collectivites c ON c.id = l.collectivite_id',
    alias: 'l',
    rang: 'l.recue_le',
    collectiviteId: 'l.collectivite_id',
    deliberationId: 'l.deliberation_id',
  },
};

const BAIL = '(SELECT max(e.bail_jusqua) FROM envois e WHERE e.transmission_id = t.id AND e.clos_le IS NULL)';

/** Le repère à ce moment-là ou avant. `t.since` borne d'abord : c'est lui que l'index range. */
const REPERES: Readonly<Record<Repere, (limit: string) => string>> = {
  since: (limit) => `t.since <= ${limit}`,
  tour: (limit) => `t.since <= ${limit} AND coalesce(t.next_turn_at, t.since) <= ${limit}`,
  accuse: (limit) => `t.ack_due_at <= ${limit}`,
  bail: (limit) => `t.since <= ${limit} AND ${BAIL} <= ${limit}`,
  recu: (limit) => `r.recu_le <= ${limit}`,
  recue: (limit) => `l.recue_le <= ${limit}`,
  echeance: (limit) => `l.echeance <= (${limit} AT TIME ZONE c.fuseau)::date`,
};

const DEPUIS: Readonly<Record<Repere, string>> = {
  since: 't.since',
  tour: 'greatest(t.since, t.next_turn_at)',
  accuse: 't.ack_due_at',
  bail: BAIL,
  recu: 'r.recu_le',
  recue: 'l.recue_le',
  echeance: 'l.recue_le',
};

/** La surveillance en SQL. Les états viennent d'une liste fermée : écrits en toutes lettres, ils laissent choisir l'index partiel. */
export function silenceSql(watch: AlerteWatch): SilenceSql {
  const sujet = SUJETS[watch.sujet];
  const states = watch.states.map((state) => `'${state}'`).join(', ');
  const unless =
    watch.unless === undefined
      ? '$2::timestamptz IS NULL'
      : `(${REPERES[watch.unless.repere]('$2::timestamptz')}) IS NOT TRUE`;
  const flux = watch.flux === undefined ? '' : `AND ${sujet.alias}.flux = '${watch.flux}' `;
  return {
    ...sujet,
    depuis: DEPUIS[watch.repere],
    condition: `${sujet.alias}.state IN (${states}) ${flux}AND ${REPERES[watch.repere]('$1::timestamptz')} AND ${unless}`,
  };
}

/** Les valeurs de `$1` et `$2`. */
export function silenceParameters(bounds: SilenceBounds): readonly [string, string | null] {
  return [bounds.atMost, bounds.unlessAtMost];
}
