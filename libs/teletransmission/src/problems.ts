import type { Problem, Violation } from '@teletransmission/kernel';
import { firstViolations, frenchDate } from '@teletransmission/kernel';
import type { CivilDate } from '@teletransmission/kernel';
import { DECISION_PROBLEM_CODES, decisionProblems } from './decision/problems';
import { LIAISON_PROBLEM_CODES, liaisonProblems } from './liaison/problems';
import { ALREADY_DEPOSITED } from './use-cases/deposit/already-deposited.fr';
import { STATE_WORDS } from './state-words.fr';
import type { TransmissionState } from './vies/transmission-transitions';

/** Tous les refus de ce contexte. Le code ne change jamais ; ni statut HTTP ni texte technique ici. */
export const PROBLEM_CODES = [
  'compte/forbidden',
  'compte/other-collectivite',
  'compte/unknown',
  'collectivite/unknown',
  'collectivite/quota-reached',
  'collectivite/invalid',
  'deliberation/invalid',
  'deliberation/unknown',
  'deliberation/ambiguous',
  'journal/unknown-chain',
  'deliberation/already-deposited',
  'deliberation/number-cancelled',
  'piece/unopened',
  'idempotency/other-request',
  'transmission/unknown',
  'transmission/event-refused',
  'transmission/moved-meanwhile',
  'transmission/reason-missing',
  'transmission/reason-too-short',
  'transmission/reason-too-long',
  'texte/refused',
  'transmission/archive-too-large',
  'transmission/turns-exhausted',
  'retour/unknown',
  'retour/event-refused',
  'retour/moved-meanwhile',
  ...DECISION_PROBLEM_CODES,
  ...LIAISON_PROBLEM_CODES,
  'publication/event-refused',
  'publication/invalid-date',
  'publication/unfounded',
  'publication/contended',
  'correspondance/unknown',
  'correspondance/event-refused',
  'correspondance/unanswered',
  'correspondance/invalid-answer',
  'prefecture/unknown',
  'prefecture/invalid',
  'prefecture/already-paused',
  'prefecture/not-paused',
  'prefecture/moved-meanwhile',
  'prefecture/archive-over-budget',
  'archive/unknown',
  'accuse/unknown',
  'anomalie/unknown',
  'classification/unknown',
  'classification/already-asked',
  'classification/not-asked',
  'cursor/malformed',
  'search/invalid',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

type CodedProblem = Problem & { readonly code: ProblemCode };

/** Les bornes du motif d'une décision, en caractères. */
export const MOTIF_MIN = 3;
export const MOTIF_MAX = 500;

/** Un constructeur par refus : un test compare le refus exact, et le texte n'est écrit qu'ici. */
export const problems = {
  forbidden: (action: string, role: string, roles: readonly string[]): CodedProblem => ({
    code: 'compte/forbidden',
    detail: `Le rôle « ${role} » ne permet pas « ${action} ». Rôles permis : ${roles.join(', ')}.`,
    facts: { action, role, roles },
  }),
  otherCollectivite: (): CodedProblem => ({
    code: 'compte/other-collectivite',
    detail:
      "Ce compte ne vaut pas pour cette collectivité. Utilisez le jeton d'un compte de cette collectivité.",
  }),
  unknownCompte: (id: string): CodedProblem => ({
    code: 'compte/unknown',
    detail: `Aucun compte vivant n'a l'identité ${id}. « compte lister » les montre tous.`,
  }),
  unknownCollectivite: (siren: string): CodedProblem => ({
    code: 'collectivite/unknown',
    detail: `Aucune collectivité de SIREN ${siren} n'est inscrite ici. Un administrateur doit d'abord l'inscrire.`,
    facts: { siren },
  }),
  unseenCollectivite: (siren: string): CodedProblem => ({
    code: 'collectivite/unknown',
    detail: `Aucune collectivité de SIREN « ${siren} » n'est visible pour ce compte.`,
  }),
  invalidDossier: (violations: readonly Violation[]): CodedProblem => ({
    code: 'deliberation/invalid',
    detail: `${violations.length === 1 ? 'Une faute est à corriger' : `${violations.length} fautes sont à corriger`} avant de déposer de nouveau. Rien n'a été enregistré.`,
    violations: firstViolations(violations),
  }),
  quotaReached: (quotaOctets: number, octetsDeposes: number, octetsDemandes: number): CodedProblem => ({
    code: 'collectivite/quota-reached',
    detail: `Les documents de cette collectivité pèsent ${octetsDeposes} octets, et ce dépôt ${octetsDemandes} de plus : son quota est de ${quotaOctets}. Un administrateur doit le relever. Rien n'a été enregistré.`,
    facts: { quotaOctets, octetsDeposes, octetsDemandes },
  }),
  invalidCollectivite: (violations: readonly Violation[]): CodedProblem => ({
    code: 'collectivite/invalid',
    detail: 'La description de cette collectivité est à corriger. Rien n’a été enregistré.',
    violations: firstViolations(violations),
  }),
  unknownDeliberation: (id: string): CodedProblem => ({
    code: 'deliberation/unknown',
    detail: `Aucune délibération « ${id} » n'est visible pour ce compte.`,
  }),
  unknownChain: (chaine: string): CodedProblem => ({
    code: 'journal/unknown-chain',
    detail: `Aucune chaîne « ${chaine} » du journal n'est visible pour ce compte. GET /v1/journal/chaines les nomme toutes.`,
  }),
  ambiguousReference: (text: string, found: readonly string[], isMore: boolean): CodedProblem => ({
    code: 'deliberation/ambiguous',
    detail: `Plusieurs délibérations répondent à « ${text} » : ${found.join(', ')}${isMore ? ', et d’autres' : ''}. Donnez l’identifiant entier.`,
    facts: { found },
  }),
  alreadyDeposited: (identifiantActe: string, state: string, deliberationId: string): CodedProblem => ({
    code: 'deliberation/already-deposited',
    detail: `L'acte ${identifiantActe} est déjà déposé. ${ALREADY_DEPOSITED[state as TransmissionState]}`,
    facts: { identifiantActe, state, deliberationId },
  }),
  numberCancelled: (identifiantActe: string, deliberationId: string | null): CodedProblem => ({
    code: 'deliberation/number-cancelled',
    detail: `L'acte ${identifiantActe} a été transmis puis annulé : ce que la préfecture ferait du même numéro n'est pas su. Prenez un numéro neuf, ou déposez avec « reprendNumeroAnnule ».`,
    facts: { identifiantActe, deliberationId },
  }),
  piecesUnopened: (violations: readonly Violation[]): CodedProblem => ({
    code: 'piece/unopened',
    detail:
      'Un document n’a pas pu être ouvert cette fois, sans qu’on sache s’il est bon. Rien n’a été enregistré : recommencez la même demande.',
    violations,
  }),
  otherRequest: (cle: string): CodedProblem => ({
    code: 'idempotency/other-request',
    detail: `La clé d'idempotence « ${cle} » a déjà servi pour une demande au contenu différent. Prenez une clé neuve.`,
  }),
  unknownTransmission: (id: string): CodedProblem => ({
    code: 'transmission/unknown',
    detail: `Aucune transmission « ${id} ».`,
  }),
  eventRefused: (state: string, event: string, allowedEvents: readonly string[]): CodedProblem => ({
    code: 'transmission/event-refused',
    detail: `Dans l'état « ${STATE_WORDS.transmission(state)} », « ${STATE_WORDS.transmissionEvent(event)} » n'est pas possible. ${allowedEvents.length > 0 ? `Possible : ${allowedEvents.map((one) => `« ${STATE_WORDS.transmissionEvent(one)} »`).join(', ')}.` : 'Cet état est définitif.'}`,
    facts: { state, event, allowedEvents },
  }),
  movedMeanwhile: (state: string): CodedProblem => ({
    code: 'transmission/moved-meanwhile',
    detail: `La transmission vient de changer et se trouve dans l'état « ${STATE_WORDS.transmission(state)} ». Relisez-la avant de recommencer.`,
    facts: { state },
  }),
  reasonOutOfBounds: (length: number): CodedProblem => {
    const detail =
      length < MOTIF_MIN
        ? `Ce motif est trop court : dites pourquoi, en ${MOTIF_MIN} caractères au moins.`
        : `Ce motif compte ${length} caractères ; ${MOTIF_MAX} au plus.`;
    const code = length < MOTIF_MIN ? 'transmission/reason-too-short' : 'transmission/reason-too-long';
    return { code, detail, violations: [{ pointer: '/motif', code, detail }] };
  },
  reasonMissing: (): CodedProblem => ({
    code: 'transmission/reason-missing',
    detail: "Indiquez le motif : il entre dans l'historique et l'auditeur le lira.",
    violations: [
      {
        pointer: '/motif',
        code: 'dossier/missing',
        detail: `Le motif manque (${MOTIF_MIN} à ${MOTIF_MAX} caractères).`,
      },
    ],
  }),
  refusedText: (pointer: string, refused: readonly { readonly detail: string }[]): CodedProblem => ({
    code: 'texte/refused',
    detail: 'Ce texte porte un caractère qui ne peut pas être gardé tel quel. Rien n’a été enregistré.',
    violations: refused.map(({ detail }) => ({ pointer, code: 'dossier/character-refused', detail })),
  }),
  archiveTooLarge: (sizeBytes: number, maxBytes: number): CodedProblem => ({
    code: 'transmission/archive-too-large',
    detail: `L'archive pèse ${sizeBytes} octets ; la préfecture n'en admet pas plus de ${maxBytes} (150 Mio). Allégez les annexes et déposez de nouveau.`,
    facts: { sizeBytes, maxBytes },
  }),
  turnsExhausted: (turns: number): CodedProblem => ({
    code: 'transmission/turns-exhausted',
    detail: `${turns} envois ont échoué sans que la préfecture reçoive l'archive. Vérifiez la liaison, puis remettez l'acte en file.`,
    facts: { turns },
  }),
  unknownRetour: (id: string): CodedProblem => ({
    code: 'retour/unknown',
    detail: `Aucun retour « ${id} » n'est visible pour ce compte.`,
  }),
  retourEventRefused: (state: string, allowedEvents: readonly string[]): CodedProblem => ({
    code: 'retour/event-refused',
    detail: `Un retour dans l'état « ${STATE_WORDS.retour(state)} » n'admet pas cette décision. Seul un retour non rattaché se rattache ; seul un retour du bac se relit, se décide ou se met de côté ; seul un retour mis de côté se reprend.`,
    facts: { state, allowedEvents },
  }),
  ...decisionProblems,
  ...liaisonProblems,
  retourMovedMeanwhile: (): CodedProblem => ({
    code: 'retour/moved-meanwhile',
    detail: 'Ce retour vient de changer. Relisez-le avant de recommencer.',
  }),
  publicationEventRefused: (
    state: string,
    event: string,
    allowedEvents: readonly string[],
  ): CodedProblem => ({
    code: 'publication/event-refused',
    detail: `Dans l'état « ${STATE_WORDS.publication(state)} », « ${STATE_WORDS.publicationEvent(event)} » n'est pas possible : une publication est définitive.`,
    facts: { state, event, allowedEvents },
  }),
  invalidPublicationDate: (date: CivilDate, dateDecision: CivilDate, today: CivilDate): CodedProblem => ({
    code: 'publication/invalid-date',
    detail: `La publication serait du ${frenchDate(date)} ; elle ne peut précéder la décision (${frenchDate(dateDecision)}) ni suivre aujourd'hui (${frenchDate(today)}).`,
    violations: [
      { pointer: '/datePublication', code: 'publication/invalid-date', detail: 'Date hors des bornes.' },
    ],
  }),
  unfoundedPublication: (): CodedProblem => {
    const detail =
      'Une date de publication ne suffit pas : donnez l’adresse où l’acte se lit (« adresse »), ou dites comment il est publié (« moyen » : affichage, site ou recueil).';
    return {
      code: 'publication/unfounded',
      detail,
      violations: [{ pointer: '/moyen', code: 'publication/unfounded', detail }],
    };
  },
  publicationContended: (): CodedProblem => ({
    code: 'publication/contended',
    detail: 'Cette publication change sans cesse pendant qu’on la lit : relisez-la, puis recommencez.',
  }),
  unknownCorrespondance: (id: string): CodedProblem => ({
    code: 'correspondance/unknown',
    detail: `Aucun courrier « ${id} » n'est visible pour ce compte.`,
  }),
  correspondanceEventRefused: (
    state: string,
    event: string,
    allowedEvents: readonly string[],
  ): CodedProblem => ({
    code: 'correspondance/event-refused',
    detail: `Un courrier dans l'état « ${STATE_WORDS.correspondance(state)} » n'admet pas « ${STATE_WORDS.correspondanceEvent(event)} ».`,
    facts: { state, event, allowedEvents },
  }),
  unanswered: (id: string): CodedProblem => ({
    code: 'correspondance/unanswered',
    detail:
      'Aucune réponse n’a été déposée à cette lettre : il n’y a rien à reprendre, à retirer ni à constater.',
    facts: { id },
  }),
  invalidAnswer: (violations: readonly Violation[]): CodedProblem => ({
    code: 'correspondance/invalid-answer',
    detail: 'Cette réponse est à corriger. Rien n’a été enregistré.',
    violations: firstViolations(violations),
  }),
  unknownPrefecture: (detail: string): CodedProblem => ({ code: 'prefecture/unknown', detail }),
  invalidPrefecture: (violations: readonly Violation[]): CodedProblem => ({
    code: 'prefecture/invalid',
    detail: 'Ce réglage est à corriger. Rien n’a été changé.',
    violations: firstViolations(violations),
  }),
  alreadyPaused: (departement: string, motif: string): CodedProblem => ({
    code: 'prefecture/already-paused',
    detail: `Les envois vers la préfecture ${departement} sont déjà suspendus (« ${motif} »). Reprenez-les d'abord pour changer le motif.`,
    facts: { departement },
  }),
  notPaused: (departement: string): CodedProblem => ({
    code: 'prefecture/not-paused',
    detail: `Les envois vers la préfecture ${departement} ne sont pas suspendus : il n'y a rien à reprendre.`,
    facts: { departement },
  }),
  prefectureMoved: (departement: string): CodedProblem => ({
    code: 'prefecture/moved-meanwhile',
    detail: `La préfecture ${departement} vient d'être réglée par quelqu'un d'autre. Relisez-la avant de recommencer.`,
    facts: { departement },
  }),
  archiveOverBudget: (sizeBytes: number, maxBytes: number, departement: string): CodedProblem => ({
    code: 'prefecture/archive-over-budget',
    detail: `L'archive pèse ${sizeBytes} octets et la préfecture ${departement} n'en prend que ${maxBytes} par heure : elle ne partirait jamais. Allégez les annexes, ou faites relever ce budget, puis remettez l'acte en file.`,
    facts: { sizeBytes, maxBytes, departement },
  }),
  unknownClassification: (siren: string): CodedProblem => ({
    code: 'classification/unknown',
    detail: `Aucune nomenclature n'est encore venue de la préfecture pour ${siren}. Elle est demandée d'elle-même ; revenez dans quelques minutes.`,
    facts: { siren },
  }),
  classificationAlreadyAsked: (
    siren: string,
    demande: {
      readonly state: string;
      readonly etat: string;
      readonly depuis: string;
      readonly enRetard: boolean;
    },
  ): CodedProblem => ({
    code: 'classification/already-asked',
    detail: `La nomenclature est déjà demandée pour ${siren}, dans l'état « ${demande.etat} » depuis le ${demande.depuis}${demande.enRetard ? ', et sa réponse est en retard' : ''} : rien de neuf n'est parti. Attendez sa réponse, ou terminez cette demande pour en faire une autre.`,
    facts: { siren, ...demande },
  }),
  classificationNotAsked: (siren: string): CodedProblem => ({
    code: 'classification/not-asked',
    detail: `Aucune demande de nomenclature n'est en cours pour ${siren} : il n'y a rien à terminer.`,
    facts: { siren },
  }),
  unknownArchive: (): CodedProblem => ({
    code: 'archive/unknown',
    detail: "Cette délibération n'a pas encore été mise sous enveloppe : il n'y a pas d'archive.",
  }),
  unknownAccuse: (state: string): CodedProblem => ({
    code: 'accuse/unknown',
    detail: `La préfecture n’a pas accusé réception de cet acte : il est dans l’état « ${STATE_WORDS.transmission(state)} ». Son accusé sera ici dès qu’il sera reçu.`,
    facts: { state },
  }),
  unknownAccuseAnnulation: (state: string): CodedProblem => ({
    code: 'accuse/unknown',
    detail: `La préfecture n’a accusé aucune annulation de cet acte : il est dans l’état « ${STATE_WORDS.transmission(state)} ».`,
    facts: { state },
  }),
  unknownAnomalie: (rang: string, count: number): CodedProblem => ({
    code: 'anomalie/unknown',
    detail: `Cet acte n’a pas d’anomalie de rang « ${rang} » : il en a ${count}.`,
    facts: { rang, count: String(count) },
  }),
  malformedCursor: (): CodedProblem => ({
    code: 'cursor/malformed',
    detail: "Ce curseur n'a pas été donné par ce service. Reprenez la lecture sans curseur.",
    violations: [{ pointer: '/apres', code: 'cursor/malformed', detail: 'Curseur illisible.' }],
  }),
  invalidSearch: (violations: readonly Violation[]): CodedProblem => ({
    code: 'search/invalid',
    detail: 'Un critère de recherche au moins est à corriger.',
    violations: firstViolations(violations),
  }),
} as const;
