import type { Action } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { pageOfAlertesSchema } from '../alertes/alerte.schema';
import { criteriaSchema, exportSchema } from '../acknowledgements/criteria.schema';
import { pageOfChainsSchema, pageOfHistorySchema } from '../audit-history/history.schema';
import {
  correspondanceSchema,
  pageOfCorrespondancesSchema,
  reponseSchema,
} from '../correspondances/correspondance.schema';
import { classificationSchema, demandeSchema } from '../classifications/classification.schema';
import {
  correctionSchema,
  deliberationSchema,
  deliberationSuivieSchema,
  dossierSchema,
  pageOfDeliberationsSchema,
  recuSchema,
} from '../deliberations/deliberation.schema';
import { anomaliesSchema } from '../preuves/preuve.schema';
import {
  liaisonsSchema,
  liaisonRattacheeSchema,
  rattachementDemandeSchema,
} from '../liaisons/liaison.schema';
import { prefecturesSchema, reglagesSchema, suspensionSchema } from '../prefectures/prefecture.schema';
import { publicationSchema } from '../publications/publication.schema';
import { pageQuerySchema } from '../request/page-query';
import {
  confirmationSchema,
  decisionPriseSchema,
  decisionSchema,
  decisionsQuerySchema,
  pageOfDecisionsSchema,
} from '../retours/decision.schema';
import { pageOfRelevesSchema } from '../retours/releve.schema';
import {
  pageOfRetoursSchema,
  rattachementSchema,
  retourSchema,
  retoursQuerySchema,
} from '../retours/retour.schema';
import { concertationSchema, constatSchema } from '../transmissions/constat.schema';
import { motifSchema } from '../transmissions/motif.schema';

/** Une adresse de l'API : un test tient cette liste à ce que le serveur sert vraiment. */
export interface RouteDescription {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** Ce qu'il faut avoir le droit de faire ; `null` : tout compte. */
  readonly action: Action | null;
  /** Vrai quand l'adresse répond sans compte. */
  readonly isOpen?: boolean;
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: 'application/json' | 'multipart/form-data'; readonly schema: z.ZodType };
  readonly success: {
    readonly status: number;
    readonly type: string;
    readonly schema?: z.ZodType;
    readonly description: string;
  };
  readonly problems: readonly number[];
}

const sante = z.object({
  etat: z.enum(['ok', 'degrade', 'en-panne']),
  dependances: z.record(z.string(), z.string()).optional(),
  manques: z
    .array(z.object({ nom: z.string(), code: z.string(), cause: z.string(), depuis: z.iso.datetime() }))
    .optional()
    .describe('Ce qui manque, pourquoi, et depuis quand ce processus le voit'),
});
const json = (status: number, schema: z.ZodType, description: string): RouteDescription['success'] => ({
  status,
  type: 'application/json',
  schema,
  description,
});
const decision = (path: string, summary: string, action: Action, status = 200): RouteDescription => ({
  method: 'post',
  path,
  summary,
  action,
  body: { type: 'application/json', schema: motifSchema },
  success: json(status, deliberationSchema, 'La délibération après la décision'),
  problems: [400, 401, 403, 404, 409, 422],
});

const handling = (verb: string, summary: string, status: number): RouteDescription => ({
  method: 'post',
  path: `/v1/retours/{id}/${verb}`,
  summary,
  action: 'traiter-retour',
  body: { type: 'application/json', schema: motifSchema },
  success: json(status, retourSchema, 'Le retour après la décision'),
  problems: [400, 401, 403, 404, 409, 422],
});

const settling = (verb: string, summary: string): RouteDescription => ({
  ...handling(verb, summary, 200),
  path: `/v1/decisions-de-retours/{id}/${verb}`,
  success: json(200, decisionPriseSchema, 'La décision, close'),
});

const preuve = (suffix: string, summary: string): RouteDescription => ({
  method: 'get',
  path: `/v1/deliberations/{id}/${suffix}`,
  summary,
  description:
    'Le XML du message à l’octet près ; `Preuve-Empreinte` en est le SHA-256, `Preuve-Date-Reception` la date que donne la préfecture, `Preuve-Recue-Le` l’instant où nous l’avons reçu, `Preuve-Retour-Empreinte` le SHA-256 du retour brut qui le portait.',
  action: 'suivre-deliberation',
  success: { status: 200, type: 'application/xml', description: 'Octet pour octet' },
  problems: [401, 403, 404],
});

export const ROUTES: readonly RouteDescription[] = [
  {
    method: 'post',
    path: '/v1/deliberations',
    summary: 'Déposer une délibération adoptée',
    description:
      'Partie `dossier` (application/json, en UTF-8 ; une marque d’ordre est admise) et un fichier par pièce, nommé comme dans le dossier ; une pièce peut avoir sa signature détachée, jointe de même et vérifiée avant toute mise en file. Toutes les fautes sont rendues ensemble, avec leur pointeur JSON. Seule une délibération adoptée est mise en file.',
    action: 'deposer-deliberation',
    headers: {
      'Idempotency-Key':
        'Une clé par demande : la répéter rend la première réponse (en-tête Idempotency-Replayed) ; avec un autre contenu, 409.',
    },
    body: {
      type: 'multipart/form-data',
      schema: z.object({
        dossier: dossierSchema,
        fichiers: z.array(z.file()).describe('Un fichier par pièce citée'),
      }),
    },
    success: json(201, recuSchema, 'Déposée et mise en file ; Location donne son adresse'),
    problems: [400, 401, 403, 409, 413, 415, 422, 503],
  },
  {
    method: 'post',
    path: '/v1/deliberations/{id}/correction',
    summary: 'Corriger un acte refusé ou retenu',
    description:
      'Un dépôt entier, avec son motif, qui remplace un acte en anomalie ou retenu ; une pièce de celui-ci se reprend par son rang (`reprend`) au lieu d’être jointe de nouveau. L’acte garde son identité, sauf quand la préfecture dit que son numéro est pris.',
    action: 'corriger-deliberation',
    headers: {
      'Idempotency-Key': 'Comme au dépôt : la répéter rend la première réponse.',
    },
    body: {
      type: 'multipart/form-data',
      schema: z.object({
        dossier: correctionSchema,
        fichiers: z.array(z.file()).describe('Un fichier par pièce jointe de nouveau').optional(),
      }),
    },
    success: json(201, recuSchema, 'Déposée et mise en file ; l’acte corrigé est remplacé'),
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 503],
  },
  {
    method: 'get',
    path: '/v1/deliberations',
    summary: 'Lister les délibérations',
    action: 'lire-accuses',
    query: criteriaSchema,
    success: json(200, pageOfDeliberationsSchema, 'Du dépôt le plus récent au plus ancien'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/deliberations/{id}',
    summary: 'Suivre une délibération',
    action: 'suivre-deliberation',
    success: json(200, deliberationSuivieSchema, 'Ses deux vies, ses dates, ses pièces, sa prochaine étape'),
    problems: [401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/deliberations/{id}/archive',
    summary: 'L’archive telle qu’elle est partie',
    action: 'suivre-deliberation',
    success: { status: 200, type: 'application/gzip', description: 'Le tar.gz, octet pour octet' },
    problems: [401, 403, 404],
  },
  preuve('accuse', 'L’accusé de réception de la préfecture, tel que reçu'),
  preuve('annulation/accuse', 'L’accusé de l’annulation (6-2), tel que reçu'),
  {
    method: 'get',
    path: '/v1/deliberations/{id}/anomalies',
    summary: 'Ce que la préfecture a refusé de cet acte ou de son annulation',
    action: 'suivre-deliberation',
    success: json(200, anomaliesSchema, 'De la plus ancienne à la plus récente'),
    problems: [401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/collectivites/{siren}/classification/message',
    summary: 'La nomenclature de la préfecture (7-2), telle que reçue',
    description:
      'Le XML du message à l’octet près, sans son enveloppe ; `Preuve-Empreinte` en est le SHA-256, `Preuve-Retour-Empreinte` celui du retour brut qui le portait.',
    action: 'lire-nomenclature',
    success: { status: 200, type: 'application/xml', description: 'Octet pour octet' },
    problems: [401, 403, 404],
  },
  preuve('anomalies/{rang}', 'Une anomalie, telle que reçue'),
  {
    method: 'post',
    path: '/v1/deliberations/{id}/publication',
    summary: 'Déclarer la publication',
    action: 'declarer-publication',
    body: { type: 'application/json', schema: publicationSchema },
    success: json(
      200,
      deliberationSchema,
      'La délibération publiée, avec sa date exécutoire si elle est aussi reçue',
    ),
    problems: [400, 401, 403, 404, 409, 422],
  },
  decision(
    '/v1/deliberations/{id}/retenue',
    'Retenir une transmission avant son envoi',
    'retenir-transmission',
  ),
  decision(
    '/v1/deliberations/{id}/reprise',
    'Remettre en file une transmission retenue ou en anomalie',
    'reprendre-transmission',
  ),
  decision(
    '/v1/deliberations/{id}/retrait',
    'Retirer une transmission que la préfecture n’a pas',
    'retirer-transmission',
  ),
  decision(
    '/v1/deliberations/{id}/annulation',
    'Demander l’annulation d’un acte acquitté (flux 6-1) ; elle s’achève à l’accusé de la préfecture',
    'annuler-transmission',
    202,
  ),
  {
    method: 'post',
    path: '/v1/deliberations/{id}/constat',
    summary: 'Constater ce que la préfecture a d’un envoi incertain, ou jamais accusé',
    description:
      'Quand la liaison ne sait pas dire si l’archive est arrivée, ou quand l’accusé n’est pas venu à son échéance. Deux opérateurs de comptes différents, du même avis, tranchent ; deux avis contraires se disent, et rien ne bouge.',
    action: 'constater-envoi',
    body: { type: 'application/json', schema: constatSchema },
    success: json(202, concertationSchema, 'Le constat est gardé ; « attendu » dit ce qui manque encore'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'get',
    path: '/v1/retours',
    summary: 'Les retours de la préfecture',
    description:
      'Du plus ancien au plus récent. Un compte de collectivité ne voit que les siens ; ceux dont rien ne dit la collectivité ne se voient que de la plateforme.',
    action: 'lire-retours',
    query: retoursQuerySchema,
    success: json(200, pageOfRetoursSchema, 'Une page de retours'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/retours/{id}',
    summary: 'Un retour de la préfecture',
    action: 'lire-retours',
    success: json(200, retourSchema, 'Son état, ce qu’il concerne, et pourquoi il attend'),
    problems: [401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/retours/{id}/contenu',
    summary: 'Les octets d’un retour, tels que reçus',
    action: 'lire-retours',
    success: { status: 200, type: 'application/octet-stream', description: 'Octet pour octet' },
    problems: [401, 403, 404],
  },
  handling('relecture', 'Faire relire un retour du bac', 202),
  handling('mise-de-cote', 'Mettre de côté un retour du bac', 200),
  handling('reprise', 'Reprendre un retour mis de côté, tant que son acte attend', 202),
  {
    ...handling('decision', 'Décider d’un retour qu’une personne a lu de ses yeux', 200),
    description:
      'De tout état du bac : l’acte ou la lettre dont le retour parle, ce qu’il est, ce qui s’y lit, l’empreinte des octets lus, et le motif. Un accusé fixe une date légale : la décision est proposée, et s’applique quand une seconde personne la confirme. Une anomalie, une lettre ou une information s’appliquent aussitôt. Redire la même décision rend la même.',
    body: { type: 'application/json', schema: decisionSchema },
    success: json(200, decisionPriseSchema, 'La décision, proposée ou appliquée'),
  },
  {
    method: 'get',
    path: '/v1/decisions-de-retours',
    summary: 'Les décisions prises sur les retours',
    description:
      'De la plus ancienne à la plus récente ; `etat=proposed` : celles qui attendent une seconde personne.',
    action: 'lire-retours',
    query: decisionsQuerySchema,
    success: json(200, pageOfDecisionsSchema, 'Une page de décisions'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/decisions-de-retours/{id}',
    summary: 'Une décision prise sur un retour',
    action: 'lire-retours',
    success: json(200, decisionPriseSchema, 'Ce qui a été lu, par qui, et ce qu’il en est'),
    problems: [401, 403, 404],
  },
  {
    ...settling('confirmation', 'Confirmer une décision, en seconde personne'),
    description:
      'D’un autre compte que son auteur, qui lit lui aussi le jour de réception. Tout s’applique ensemble : l’acte, le retour, le journal avec les deux noms, les travaux. Confirmer deux fois n’applique qu’une fois.',
    body: { type: 'application/json', schema: confirmationSchema },
  },
  settling('refus', 'Refuser une décision, en seconde personne'),
  settling('retrait', 'Retirer sa propre décision'),
  {
    ...handling('rattachement', 'Rattacher à un acte un retour que rien ne rattache', 202),
    description:
      'Le retour est relu et jugé comme s’il avait nommé cet acte ; ce que la politique n’applique pas revient au bac.',
    body: { type: 'application/json', schema: rattachementSchema },
  },
  {
    method: 'get',
    path: '/v1/releves-en-echec',
    summary: 'Les retours annoncés qui ne se relèvent pas',
    description:
      'La préfecture les annonce, et ne les donne pas, ou n’en dit pas l’identité. Les autres sont relevés ; ceux-ci sont repris après des délais croissants. Pour un compte de toute la plateforme : rien ne dit encore de qui ils parlent.',
    action: 'lire-retours',
    query: pageQuerySchema,
    success: json(200, pageOfRelevesSchema, 'Du plus ancien échec au plus récent'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/deliberations/{id}/historique',
    summary: 'L’historique d’une délibération',
    action: 'lire-historique-acte',
    query: pageQuerySchema,
    success: json(200, pageOfHistorySchema, 'Les entrées d’audit, dans l’ordre'),
    problems: [400, 401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/collectivites/{siren}/historique',
    summary: 'L’historique d’une collectivité',
    description:
      'La chaîne entière : chaque entrée porte l’empreinte de la précédente, les rangs se suivent sans trou.',
    action: 'lire-historique',
    query: pageQuerySchema,
    success: json(200, pageOfHistorySchema, 'Les entrées d’audit, dans l’ordre de la chaîne'),
    problems: [400, 401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/journal/chaines',
    summary: 'Les chaînes du journal, et leurs têtes',
    description:
      'Celle de la collectivité du compte ; toutes, et celle de la plateforme, pour un compte de plateforme. « audit verifier --api » les recalcule.',
    action: 'lire-historique',
    query: pageQuerySchema,
    success: json(200, pageOfChainsSchema, 'Chaque chaîne visible, et sa dernière entrée'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/journal/chaines/{chaine}/historique',
    summary: 'Une chaîne du journal',
    description:
      'La chaîne entière, celle de la plateforme comprise (« plateforme »), sous la règle de docs/journal-audit.md.',
    action: 'lire-historique',
    query: pageQuerySchema,
    success: json(200, pageOfHistorySchema, 'Les entrées d’audit, dans l’ordre de la chaîne'),
    problems: [400, 401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/deliberations/{id}/correspondances',
    summary: 'Les lettres de la préfecture au sujet d’une délibération',
    action: 'lire-courriers',
    success: json(200, pageOfCorrespondancesSchema, 'Dans l’ordre de leur arrivée'),
    problems: [401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/correspondances/{id}',
    summary: 'Une lettre de la préfecture',
    action: 'lire-courriers',
    success: json(200, correspondanceSchema, 'Son texte, son échéance, les réponses permises'),
    problems: [401, 403, 404],
  },
  {
    method: 'get',
    path: '/v1/correspondances/{id}/documents/{rang}',
    summary: 'Un document joint à une lettre',
    action: 'lire-courriers',
    success: { status: 200, type: 'application/octet-stream', description: 'Tel que reçu' },
    problems: [401, 403, 404],
  },
  {
    method: 'post',
    path: '/v1/correspondances/{id}/reponse',
    summary: 'Répondre à une lettre',
    description:
      'Partie `dossier` (application/json) et un fichier par document. La réponse part sous sa propre enveloppe.',
    action: 'repondre-courrier',
    body: {
      type: 'multipart/form-data',
      schema: z.object({
        dossier: reponseSchema,
        fichiers: z.array(z.file()).describe('Un fichier par document cité'),
      }),
    },
    success: json(202, correspondanceSchema, 'Réponse déposée'),
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 503],
  },
  {
    method: 'post',
    path: '/v1/correspondances/{id}/prise-en-charge',
    summary: 'Dire un déféré pris en charge',
    description:
      'Un déféré (5-1) ne se répond pas par cette voie : il alerte avant tout le reste, jusqu’à ce qu’une personne le dise pris en charge, avec son motif.',
    action: 'repondre-courrier',
    body: { type: 'application/json', schema: motifSchema },
    success: json(200, correspondanceSchema, 'La lettre prise en charge ; son alerte est levée'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'post',
    path: '/v1/correspondances/{id}/classement',
    summary: 'Classer sans suite un courrier simple',
    description:
      'Un courrier simple (2-1) n’oblige pas à répondre. Une demande de pièces ou une lettre d’observations, elle, ne se classe pas.',
    action: 'repondre-courrier',
    body: { type: 'application/json', schema: motifSchema },
    success: json(200, correspondanceSchema, 'La lettre classée'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'post',
    path: '/v1/correspondances/{id}/reponse/reprise',
    summary: 'Remettre en file une réponse arrêtée',
    description:
      'La dernière réponse retenue ou refusée repart sous une enveloppe neuve, si la lettre attend encore une réponse.',
    action: 'reprendre-transmission',
    body: { type: 'application/json', schema: motifSchema },
    success: json(200, correspondanceSchema, 'La lettre, de nouveau en réponse'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'post',
    path: '/v1/correspondances/{id}/reponse/retrait',
    summary: 'Retirer une réponse',
    description:
      'Tant qu’elle n’est pas partie, ou une fois refusée : la lettre attend de nouveau une réponse.',
    action: 'retirer-transmission',
    body: { type: 'application/json', schema: motifSchema },
    success: json(200, correspondanceSchema, 'La lettre, à traiter de nouveau'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'post',
    path: '/v1/correspondances/{id}/reponse/constat',
    summary: 'Constater ce que la préfecture a d’une réponse',
    description:
      'Pour une réponse incertaine, ou dont l’accusé n’est pas venu à son échéance. Deux opérateurs de comptes différents, du même avis, tranchent.',
    action: 'constater-envoi',
    body: { type: 'application/json', schema: constatSchema },
    success: json(202, concertationSchema, 'Le constat est gardé ; « attendu » dit ce qui manque encore'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'get',
    path: '/v1/collectivites/{siren}/classification',
    summary: 'La nomenclature donnée par la préfecture',
    action: 'lire-nomenclature',
    success: json(200, classificationSchema, 'La plus récente reçue'),
    problems: [401, 403, 404],
  },
  {
    method: 'post',
    path: '/v1/collectivites/{siren}/classification',
    summary: 'Redemander la nomenclature à la préfecture',
    description:
      '202 : une demande vient de partir en file, et la réponse de la préfecture vient plus tard. 409 : une demande est déjà en cours ; le refus dit dans quel état et depuis quand, et rien de neuf ne part. Restée sans réponse, une demande est refaite d’elle-même.',
    action: 'demander-nomenclature',
    success: json(202, demandeSchema, 'Demandée'),
    problems: [401, 403, 404, 409],
  },
  {
    method: 'post',
    path: '/v1/collectivites/{siren}/classification/abandon',
    summary: 'Terminer la demande de nomenclature en cours',
    description:
      'Une personne décide de ne plus attendre sa réponse : une autre demande peut partir. Une réponse venue après charge quand même la nomenclature si elle est plus récente.',
    action: 'demander-nomenclature',
    body: { type: 'application/json', schema: motifSchema },
    success: json(200, demandeSchema, 'Terminée'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'get',
    path: '/v1/alertes',
    summary: 'Ce qui demande une personne, et pourquoi',
    description:
      'Les alertes ouvertes, les plus graves d’abord. Une alerte se lève d’elle-même quand sa cause n’est plus ; celle d’un déféré, quand une personne le dit pris en charge. Celles du service ne sont rendues qu’à un compte de toute la plateforme.',
    action: 'lire-alertes',
    query: pageQuerySchema,
    success: json(200, pageOfAlertesSchema, 'De la plus grave à la moins grave, puis de la plus ancienne'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/prefectures',
    summary: 'Les préfectures : réglages, liaison, budget de l’heure, actes en attente et pourquoi',
    description: 'Pour un compte de toute la plateforme.',
    action: 'voir-prefectures',
    success: json(200, prefecturesSchema, 'Dans l’ordre des départements'),
    problems: [401, 403],
  },
  ...(['pause', 'reprise'] as const).map((decided): RouteDescription => ({
    method: 'post',
    path: `/v1/prefectures/{departement}/${decided}`,
    summary:
      decided === 'pause'
        ? 'Suspendre les envois vers une préfecture, et elle seule'
        : 'Reprendre les envois ; les actes qui attendaient repartent',
    action: 'suspendre-prefecture',
    body: { type: 'application/json', schema: suspensionSchema },
    success: json(200, reglagesSchema, 'La préfecture après la décision'),
    problems: [400, 401, 403, 404, 409, 422],
  })),
  {
    method: 'get',
    path: '/v1/liaisons',
    summary: 'Les liaisons : ce qu’elles sont, ce qui y est relié et ce qui y court',
    description: 'Pour un compte de toute la plateforme. Aucun secret n’y figure.',
    action: 'voir-prefectures',
    success: json(200, liaisonsSchema, 'Par identité'),
    problems: [401, 403],
  },
  {
    method: 'post',
    path: '/v1/collectivites/{siren}/rattachement',
    summary: 'Relier une collectivité à une liaison, à partir d’une date',
    description:
      'Ce qui est déjà sous enveloppe part par la liaison où il a été scellé ; ce qui ne l’est pas prend la nouvelle.',
    action: 'administrer',
    body: { type: 'application/json', schema: rattachementDemandeSchema },
    success: json(200, liaisonRattacheeSchema, 'Le rattachement qui vaudra'),
    problems: [400, 401, 403, 404, 409, 422],
  },
  {
    method: 'get',
    path: '/v1/accuses',
    summary: 'L’historique des accusés de réception',
    action: 'lire-accuses',
    query: criteriaSchema,
    success: json(200, pageOfDeliberationsSchema, 'Ce que la préfecture a accusé'),
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/v1/accuses.csv',
    summary: 'L’historique des accusés, en CSV',
    description:
      'UTF-8, une ligne d’en-tête, les textes entre guillemets. Par défaut pour un tableur français : point-virgule, et la marque UTF-8 en tête ; `variante=rfc4180` : virgule, sans marque. Une apostrophe précède ce qu’un tableur prendrait pour une formule, au bord d’une cellule ou après un séparateur.',
    action: 'lire-accuses',
    query: exportSchema,
    success: { status: 200, type: 'text/csv', description: 'Toutes les lignes, d’un trait' },
    problems: [400, 401, 403],
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'Cette description',
    action: null,
    success: json(200, z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'),
    problems: [401],
  },
  {
    method: 'get',
    path: '/health/live',
    summary: 'Le processus répond',
    action: null,
    isOpen: true,
    success: json(200, sante, 'Vivant'),
    problems: [],
  },
  {
    method: 'get',
    path: '/health/ready',
    summary: 'Le service est prêt',
    action: null,
    isOpen: true,
    success: json(
      200,
      sante,
      'Prêt, ou dégradé : ce qui manque n’empêche pas de déposer ; 503 en nommant la dépendance en panne',
    ),
    problems: [],
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Les métriques, pour Prometheus',
    description:
      'Le jeton est celui du réglage METRIQUES_JETON, et d’aucun compte ; sans ce réglage, l’adresse répond 404. Leurs noms sont dans docs/metriques.md.',
    action: null,
    success: { status: 200, type: 'text/plain', description: 'Le format texte de Prometheus, 0.0.4' },
    problems: [401, 404],
  },
];
