import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { Depart, Faits } from '@teletransmission/teletransmission';
import {
  DEPARTS,
  DEPARTURE_WAIT_CODES,
  MOYENS_PUBLICATION,
  situationOf,
  TRANSMISSION_STATE_LABELS,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';

const PREMIER = '2022-11-02' as CivilDate;
const SECOND = '2022-11-21' as CivilDate;
const AT = '2022-11-02T10:00:00.000Z' as Instant;
const CORRECTION = '0190d000-0000-7000-8000-000000000001' as NonNullable<Faits['corrigeePar']>;

type TransmissionFaits = Faits['transmission'];
type PublicationFaits = Faits['publication'];

/** Un acte qui vient d'être déposé, ou ce qu'on en change. */
export function faitsOf(
  transmission: Partial<TransmissionFaits> = {},
  publication: Partial<PublicationFaits> = {},
  corrigeePar: Faits['corrigeePar'] = null,
): Faits {
  return {
    transmission: {
      state: 'queued',
      depart: 'aucun',
      isOverdue: false,
      nextTurnAt: null,
      ackDueAt: null,
      stopReason: null,
      dateReception: null,
      annulation: null,
      ...transmission,
    },
    publication: {
      state: 'unpublished',
      datePublication: null,
      adresse: null,
      declaration: null,
      automatique: false,
      siteRegle: false,
      ...publication,
    },
    corrigeePar,
  };
}

const stop = (code: string): Pick<TransmissionFaits, 'stopReason'> => ({ stopReason: { code, detail: '' } });
const received = { dateReception: PREMIER, depart: 'pris' } as const;

const DEPART_WORDS: Readonly<Record<Depart, string>> = {
  aucun: 'aucun envoi',
  'sans-effet': 'des envois, aucun pris par la préfecture',
  incertain: 'un envoi peut-être arrivé',
  pris: 'un envoi pris par la préfecture',
};

const WAIT_WORDS: Readonly<Record<(typeof DEPARTURE_WAIT_CODES)[number], string>> = {
  'prefecture/paused': 'envois suspendus',
  'prefecture/interrupted': 'arrêt annoncé',
  'prefecture/closed': 'hors des heures',
  'prefecture/circuit-open': 'préfecture injoignable',
  'prefecture/budget-spent': 'budget de l’heure pris',
};

/** Les faits d'une vie de transmission, et comment ils se disent : tous ceux dont une phrase dépend. */
const TRANSMISSIONS: readonly (readonly [string, Faits])[] = [
  ...DEPARTS.map((depart) => [DEPART_WORDS[depart], faitsOf({ depart })] as const),
  ['une date demandée au dépôt', faitsOf({ nextTurnAt: AT })],
  ['', faitsOf({ state: 'sealed', nextTurnAt: AT })],
  ['le dernier envoi n’a pas été pris', faitsOf({ state: 'sealed', nextTurnAt: AT, ...stop('http/503') })],
  ...DEPARTURE_WAIT_CODES.map(
    (code) => [WAIT_WORDS[code], faitsOf({ state: 'sealed', nextTurnAt: AT, ...stop(code) })] as const,
  ),
  ['', faitsOf({ state: 'sending', depart: 'incertain' })],
  ['', faitsOf({ state: 'uncertain', depart: 'incertain' })],
  ['avant l’échéance de l’accusé', faitsOf({ state: 'awaiting-ack', depart: 'pris', ackDueAt: AT })],
  [
    'après l’échéance de l’accusé',
    faitsOf({ state: 'awaiting-ack', depart: 'pris', ackDueAt: AT, isOverdue: true }),
  ],
  ['un message sans accusé (2-2, 3-2, 4-2)', faitsOf({ state: 'delivered', depart: 'pris' })],
  ['', faitsOf({ state: 'acknowledged', ...received })],
  ['', faitsOf({ state: 'rejected', depart: 'pris' })],
  ...DEPARTS.map((depart) => [DEPART_WORDS[depart], faitsOf({ state: 'held', depart })] as const),
  ...(
    [
      ['le message d’annulation attend de partir', 'queued'],
      ['le message d’annulation part', 'sending'],
      ['on ne sait s’il est arrivé', 'uncertain'],
      ['il est remis', 'awaiting-ack'],
      ['il est arrêté', 'held'],
    ] as const
  ).map(
    ([words, state]) =>
      [words, faitsOf({ state: 'cancelling', ...received, annulation: { state } })] as const,
  ),
  ['', faitsOf({ state: 'cancelled', ...received })],
  ...DEPARTS.map((depart) => [DEPART_WORDS[depart], faitsOf({ state: 'withdrawn', depart })] as const),
  ...DEPARTS.map(
    (depart) =>
      [
        `${DEPART_WORDS[depart]}, remplacée par une correction`,
        faitsOf({ state: 'withdrawn', depart }, {}, CORRECTION),
      ] as const,
  ),
];

const UNPUBLISHED: readonly (readonly [string, Partial<PublicationFaits>])[] = [
  ['la collectivité publie elle-même, puis le déclare', {}],
  ['publication automatique, adresse du site réglée', { automatique: true, siteRegle: true }],
  ['publication automatique, sans adresse réglée', { automatique: true }],
];

const published = (datePublication: CivilDate, by: Partial<PublicationFaits>): Partial<PublicationFaits> => ({
  state: 'published',
  datePublication,
  ...by,
});
const declaredBy = (moyen: (typeof MOYENS_PUBLICATION)[number]): Partial<PublicationFaits> => ({
  declaration: { moyen, par: 'Claire Vidal', le: AT },
});

const PUBLICATIONS: readonly (readonly [string, Faits])[] = [
  ...UNPUBLISHED.flatMap(([words, by]) => [
    [`pas encore accusée, ${words}`, faitsOf({}, by)] as const,
    [`accusée, ${words}`, faitsOf({ state: 'acknowledged', ...received }, by)] as const,
  ]),
  ['annulation demandée', faitsOf({ state: 'cancelling', ...received })],
  ['annulée', faitsOf({ state: 'cancelled', ...received })],
  ['retirée', faitsOf({ state: 'withdrawn' })],
  ['remplacée par une correction', faitsOf({ state: 'withdrawn' }, {}, CORRECTION)],
  ['publiée dès l’accusé', faitsOf({}, published(SECOND, { adresse: 'https://commune.example/62' }))],
  ...MOYENS_PUBLICATION.map(
    (moyen) => [`déclarée publiée (${moyen})`, faitsOf({}, published(SECOND, declaredBy(moyen)))] as const,
  ),
  ['publiée avant que l’adresse soit demandée', faitsOf({}, published(SECOND, {}))],
];

const DATES: readonly (readonly [string, CivilDate | null, CivilDate | null])[] = [
  ['ni reçue ni publiée', null, null],
  ['publiée, pas reçue', null, SECOND],
  ['reçue, pas publiée', PREMIER, null],
  ['reçue puis publiée', PREMIER, SECOND],
  ['publiée puis reçue', SECOND, PREMIER],
  ['reçue et publiée le même jour', PREMIER, PREMIER],
];

/** Les états où l'acte attend, de bout en bout, la même chose du droit. */
const UNRECEIVED = ['queued', 'sealed', 'sending', 'uncertain', 'awaiting-ack', 'held'] as const;

const datedFaits = (
  transmission: Partial<TransmissionFaits>,
  reception: CivilDate | null,
  publication: CivilDate | null,
): Faits =>
  faitsOf(
    { ...transmission, dateReception: reception },
    publication === null ? {} : published(publication, declaredBy('affichage')),
  );

const DROITS: readonly (readonly [string, Faits])[] = [
  ...DATES.filter(([, reception]) => reception === null).flatMap(([words, reception, publication]) => [
    [
      `${words} (${UNRECEIVED.map((state) => TRANSMISSION_STATE_LABELS[state].mot).join(', ')})`,
      datedFaits({ state: 'awaiting-ack', depart: 'pris' }, reception, publication),
    ] as const,
    [
      `${words}, en anomalie`,
      datedFaits({ state: 'rejected', depart: 'pris' }, reception, publication),
    ] as const,
  ]),
  ...(['acknowledged', 'cancelling'] as const).flatMap((state) =>
    DATES.filter(([, reception]) => reception !== null).map(
      ([words, reception, publication]) =>
        [
          state === 'cancelling' ? `${words}, annulation demandée` : words,
          datedFaits({ state, depart: 'pris' }, reception, publication),
        ] as const,
    ),
  ),
  ['annulée, quelles que soient ses dates', datedFaits({ state: 'cancelled' }, PREMIER, SECOND)],
  ...DEPARTS.flatMap((depart) =>
    [null, CORRECTION].map(
      (correction) =>
        [
          `${correction === null ? 'retirée' : 'remplacée par une correction'}, ${DEPART_WORDS[depart]}`,
          faitsOf({ state: 'withdrawn', depart }, {}, correction),
        ] as const,
    ),
  ),
];

const WHO_WORDS = {
  service: 'le service',
  prefecture: 'la préfecture',
  operateur: 'un opérateur',
  personne: '–',
};

function transmissionRow([words, faits]: readonly [string, Faits]): string {
  const { transmission, suite } = situationOf(faits);
  const { mot } = TRANSMISSION_STATE_LABELS[faits.transmission.state];
  return `| ${mot} | ${words || '–'} | ${transmission} | ${WHO_WORDS[suite.who]} | ${suite.texte} |`;
}

/** La table de tout ce qui se dit d'un acte, écrite depuis la fonction qui le dit. */
export function drawSituations(): string {
  return [
    '# Ce qui se dit d’un acte',
    '',
    'Toute phrase du bureau, de la console, de l’API et du démarrage sur l’état d’un acte ou sur le droit vient d’une seule fonction,',
    '`libs/teletransmission/src/situation/situation.ts`, à partir des faits que la base porte. Ce fichier est écrit depuis elle ; un essai',
    'parcourt tous les faits possibles, et n’admet pas une phrase qui ne soit pas ici.',
    '',
    '## La transmission, et la suite',
    '',
    '| État | Faits | Ce qui se dit | Qui fait la suite | La suite |',
    '| --- | --- | --- | --- | --- |',
    ...TRANSMISSIONS.map(transmissionRow),
    '',
    '## La publication',
    '',
    '| Faits | Ce qui se dit |',
    '| --- | --- |',
    ...PUBLICATIONS.map(([words, faits]) => `| ${words} | ${situationOf(faits).publication} |`),
    '',
    '## Le droit',
    '',
    'Exécutoire : reçu par l’État **et** publié, au plus tardif des deux jours, dans un ordre quelconque (CGCT, article L2131-1).',
    '',
    '| Faits | Ce qui se dit |',
    '| --- | --- |',
    ...DROITS.map(([words, faits]) => `| ${words} | ${situationOf(faits).droit} |`),
    '',
  ].join('\n');
}

const isReceivedState = (state: TransmissionFaits['state']): boolean =>
  ['acknowledged', 'cancelling', 'cancelled'].includes(state);

/** Reçue et publiée le même jour se lit une fois, au premier. */
const isSecondDay = (
  { datePublication }: Partial<PublicationFaits>,
  dateReception: CivilDate | null,
): boolean => datePublication === SECOND && dateReception === SECOND;

/** Tous les faits que la base peut porter, aux dates près. */
export function* possibleFaits(): Generator<Faits> {
  const reasons = [null, 'http/503', 'operateur/on-hold', ...DEPARTURE_WAIT_CODES];
  const publications = [
    ...UNPUBLISHED.map(([, by]) => by),
    ...[PREMIER, SECOND].flatMap((date) => [
      published(date, {}),
      published(date, { adresse: 'https://commune.example/62' }),
      ...MOYENS_PUBLICATION.map((moyen) => published(date, declaredBy(moyen))),
    ]),
  ];
  for (const state of TRANSMISSION_STATES)
    for (const depart of DEPARTS)
      for (const code of reasons)
        for (const nextTurnAt of [null, AT])
          for (const isOverdue of [false, true])
            for (const annulation of state === 'cancelling' ? TRANSMISSION_STATES : [null])
              for (const dateReception of isReceivedState(state) ? [PREMIER, SECOND] : [null])
                for (const publication of publications.filter((by) => !isSecondDay(by, dateReception)))
                  for (const corrigeePar of state === 'withdrawn' ? [null, CORRECTION] : [null])
                    yield faitsOf(
                      {
                        state,
                        depart,
                        stopReason: code === null ? null : { code, detail: '' },
                        nextTurnAt,
                        isOverdue,
                        annulation: annulation && { state: annulation },
                        dateReception,
                        ackDueAt: AT,
                      },
                      publication,
                      corrigeePar,
                    );
}
