import {
  CORRECTION,
  DEPOT,
  MOYENS_PUBLICATION,
  PUBLICATION_STATES,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import { z } from 'zod';
import { schemaOfForme } from '../request/schema-of-forme';

const date = z.iso.date().describe('Jour civil, AAAA-MM-JJ, dans le fuseau de la collectivité');
const instant = z.iso.datetime().describe('Instant UTC');
const empreinte = z.string().length(64).describe('SHA-256, hexadécimal');

const NATURES = ['DE', 'AR', 'AI', 'CC', 'BF', 'AU'] as const;

/** Ce qu'un dépôt envoie dans la partie `dossier` : la description même que lisent les règles du domaine. */
export const dossierSchema = schemaOfForme(DEPOT).describe('Le dossier d’une délibération adoptée');

/** Ce qu'une correction envoie : un dossier de dépôt entier, son motif, et des pièces qui peuvent se reprendre. */
export const correctionSchema = schemaOfForme(CORRECTION).describe('Le dossier d’une correction');

export const recuSchema = z.object({
  id: z.uuid(),
  transmission: z.uuid(),
  identifiantActe: z.string(),
  deposeeLe: instant,
});

export const deliberationSchema = z.object({
  id: z.uuid(),
  identifiantActe: z.string(),
  collectivite: z.object({ siren: z.string(), nom: z.string() }),
  numeroInterne: z.string(),
  nature: z.string().meta({ enum: NATURES }),
  dateDecision: date,
  objet: z.string(),
  matiere: z.string(),
  deposeeLe: instant,
  transmission: z.object({
    id: z.uuid(),
    etat: z.enum(TRANSMISSION_STATES),
    libelle: z.string(),
    depuis: instant,
    enRetard: z.boolean(),
    tour: z.int(),
    prochainEnvoiLe: instant.nullable(),
    echeanceAr: instant.nullable(),
    probleme: z.object({ code: z.string(), detail: z.string() }).nullable(),
    teletransmiseLe: instant.nullable(),
    dateTeletransmission: date.nullable(),
    dateReception: date.nullable(),
  }),
  publication: z.object({
    etat: z.enum(PUBLICATION_STATES),
    libelle: z.string(),
    datePublication: date.nullable(),
    adresse: z.string().nullable(),
    declaration: z
      .object({ moyen: z.enum(MOYENS_PUBLICATION), par: z.string(), le: instant })
      .nullable()
      .describe('Qui a déclaré la publication, quand, et comment l’acte est publié'),
    automatique: z.boolean().describe('La collectivité publie d’elle-même dès l’accusé'),
    siteRegle: z
      .boolean()
      .describe('L’adresse de ses actes est réglée ; sans elle, rien ne se publie de soi-même'),
  }),
  dateExecutoire: date.nullable(),
  pasAvant: instant.nullable().describe('L’acte ne part pas avant cet instant'),
  corrige: z.uuid().nullable().describe('La délibération arrêtée dont celle-ci est la correction'),
  corrigeePar: z.uuid().nullable().describe('La correction qui remplace celle-ci'),
  archive: z.object({ nom: z.string(), empreinte, tailleOctets: z.int() }).nullable(),
  situation: z
    .object({ transmission: z.string(), publication: z.string(), droit: z.string() })
    .describe('Où en sont ses deux vies, et si l’acte est exécutoire : trois phrases pour une personne'),
  prochaineEtape: z.object({
    qui: z.enum(['service', 'prefecture', 'operateur', 'personne']),
    texte: z.string(),
    le: instant.nullable(),
  }),
});

const signatureSchema = z.object({
  nomFichier: z.string(),
  empreinte,
  tailleOctets: z.int(),
  numeroSerie: z.string().describe('Celui du certificat, hexadécimal'),
  algorithme: z.string(),
  chaineVerifiee: z.boolean().describe('Faux quand aucune autorité de confiance n’est réglée'),
});

/** Une délibération suivie seule : ses pièces en plus. */
export const deliberationSuivieSchema = deliberationSchema.extend({
  pieces: z.array(
    z.object({
      rang: z.int().describe('0 : le document principal'),
      typePiece: z.string(),
      nomFichier: z.string(),
      empreinte,
      tailleOctets: z.int(),
      format: z.string().meta({ enum: ['pdf', 'png', 'jpg', 'xml'] }),
      remarques: z
        .array(z.object({ code: z.string(), texte: z.string() }))
        .nullable()
        .describe('Ce que son ouverture a montré ; nul : déposée avant qu’on ouvre les documents'),
      signature: signatureSchema.nullable(),
    }),
  ),
});

export type DeliberationSuivieBody = z.output<typeof deliberationSuivieSchema>;

export type DeliberationBody = z.output<typeof deliberationSchema>;

export const pageOfDeliberationsSchema = z.object({
  deliberations: z.array(deliberationSchema),
  suivant: z.string().nullable().describe('Curseur de la page suivante ; nul à la dernière'),
});
