import type { IdentifiantActe } from '@teletransmission/actes';
import { digitsOfSiren, parseIdentifiantActe } from '@teletransmission/actes';
import { readReference, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import type { AcknowledgementCriteria, ActeReference } from '@teletransmission/teletransmission';
import type { CivilDate } from '@teletransmission/kernel';
import { z } from 'zod';
import { civilDay } from '../request/civil-day';
import { pageQuerySchema } from '../request/page-query';
import { CSV_VARIANTES } from './csv-dialect';

const jour = (sens: string): z.ZodOptional<z.ZodISODate> =>
  civilDay('Une date s’écrit AAAA-MM-JJ.').optional().describe(sens);

const IDENTIFIANT = 'Ce n’est pas un identifiant d’acte, ou il passe 200 caractères.';
const UNIQUE = 'Ce critère se donne une fois.';

/** Les critères de l'historique des accusés ; un critère absent ne filtre pas, deux critères se cumulent. */
export const criteriaSchema = pageQuerySchema.extend({
  identifiant: z
    .string(UNIQUE)
    .max(200, IDENTIFIANT)
    .refine((texte) => readReference(texte).ok, IDENTIFIANT)
    .optional()
    .describe(
      'Identifiant entier de l’acte ; l’étiquette d’un tampon et les tirets typographiques sont admis',
    ),
  siren: z
    .string(UNIQUE)
    .max(50, 'Au plus 50 caractères.')
    .refine((texte) => digitsOfSiren(texte) !== null, 'Un SIREN compte 9 chiffres.')
    .optional()
    .describe('SIREN de la collectivité, espaces admises'),
  decisionDu: jour('Décision au plus tôt'),
  decisionAu: jour('Décision au plus tard'),
  teletransmissionDu: jour('Télétransmission au plus tôt'),
  teletransmissionAu: jour('Télétransmission au plus tard'),
  receptionDu: jour('Réception au plus tôt'),
  receptionAu: jour('Réception au plus tard'),
  publicationDu: jour('Publication au plus tôt'),
  publicationAu: jour('Publication au plus tard'),
  nature: z
    .enum(['DE', 'AR', 'AI', 'CC', 'BF', 'AU'], 'Nature inconnue.')
    .optional()
    .describe('Nature de l’acte'),
  matiere: z
    .string(UNIQUE)
    .regex(/^\d{1,2}([.]\d{1,2}){0,4}$/, 'Une matière s’écrit 8 ou 8.1.')
    .optional()
    .describe('Matière et tout ce qu’elle contient'),
  mots: z
    .string(UNIQUE)
    .max(200, 'Au plus 200 caractères.')
    .optional()
    .describe('Mots de l’objet, sans souci d’accents ; le début d’un mot suffit'),
  etat: z.enum(TRANSMISSION_STATES, 'État inconnu.').optional().describe('État de la transmission'),
});

/** Un export ne se lit pas par pages : il a sa variante à la place. */
export const exportSchema = criteriaSchema.omit({ apres: true, limite: true }).extend({
  variante: z
    .enum(CSV_VARIANTES, 'La variante est « tableur » ou « rfc4180 ».')
    .default('tableur')
    .describe('tableur : point-virgule et marque UTF-8 ; rfc4180 : virgule, sans marque'),
});

type CriteriaQuery = Omit<z.output<typeof criteriaSchema>, 'apres' | 'limite'>;

function period(du: string | undefined, au: string | undefined): { du?: CivilDate; au?: CivilDate } {
  return {
    ...(du === undefined ? {} : { du: du as CivilDate }),
    ...(au === undefined ? {} : { au: au as CivilDate }),
  };
}

/** Une machine donne l'identifiant entier ; ce qui n'en est pas un ne désigne aucun acte. */
function wholeOf(texte: string): ActeReference {
  const read = parseIdentifiantActe(texte);
  return {
    kind: 'identifiant',
    identifiant: read.ok ? read.value.identifiant : (texte as IdentifiantActe),
  };
}

/** Les critères du domaine, sans ceux qui manquent. */
export function criteriaOf(query: CriteriaQuery): AcknowledgementCriteria {
  const { nature, matiere, mots, etat } = query;
  const siren = query.siren === undefined ? null : digitsOfSiren(query.siren);
  return {
    ...(query.identifiant === undefined ? {} : { reference: wholeOf(query.identifiant) }),
    ...(siren === null ? {} : { siren }),
    ...(nature === undefined ? {} : { nature }),
    ...(matiere === undefined ? {} : { matiere }),
    ...(mots === undefined ? {} : { mots }),
    ...(etat === undefined ? {} : { etat }),
    decision: period(query.decisionDu, query.decisionAu),
    teletransmission: period(query.teletransmissionDu, query.teletransmissionAu),
    reception: period(query.receptionDu, query.receptionAu),
    publication: period(query.publicationDu, query.publicationAu),
  };
}
