import { frenchFault } from '@teletransmission/config';
import type { DepotActeInput } from '@teletransmission/actes';
import {
  checkTexteXml,
  isNatureAbregee,
  parseDepartement,
  parseMatiere,
  parseNumeroInterne,
  parseSiren,
} from '@teletransmission/actes';
import type { Result, Violation } from '@teletransmission/kernel';
import { ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import { z } from 'zod';

/** Un texte transmis tel quel : ce qui ne peut pas l'être se dit ici, à sa place. */
const texte = z.string().superRefine((text, context) => {
  const [refused] = checkTexteXml(text);
  if (refused) context.addIssue({ code: 'custom', message: refused.detail });
});

const piece = z.strictObject({
  fichier: z.string().min(1),
  typePiece: z.string().min(1),
  /** Le fichier de sa signature détachée : PEM, DER ou base64. */
  signature: z.string().min(1).optional(),
});

/** La forme d'un ACTE.json ; les règles de la norme, elles, sont celles de la bibliothèque. */
const description = z.strictObject({
  operateur: z.strictObject({ trigramme: z.string(), quadrigramme: z.string() }),
  enveloppe: z.strictObject({ jour: z.string(), numero: z.int().min(1).max(9999) }),
  collectivite: z.strictObject({
    siren: z.string(),
    departement: z.string(),
    arrondissement: z.string(),
    natureCollectivite: z.string(),
    referent: z
      .strictObject({
        nom: texte.optional(),
        telephone: texte.optional(),
        email: texte.optional(),
      })
      .optional(),
    adressesRetour: z.array(z.string()).min(1),
  }),
  acte: z.strictObject({
    numeroInterne: z.string(),
    nature: z.string(),
    dateDecision: z.string(),
    objet: texte,
    matiere: z.string(),
    classificationDateVersion: z.string(),
    document: piece,
    annexes: z.array(piece).default([]),
  }),
});

/** Un acte à construire, et les fichiers qu'il cite dans l'ordre : le document principal, puis les annexes. */
export interface ActeDescription {
  readonly input: DepotActeInput;
  readonly fichiers: readonly string[];
  /** Le fichier de signature de chacun, `null` quand il n'en a pas. */
  readonly signatures: readonly (string | null)[];
}

function extensionOf(fichier: string): string {
  return /[.]([A-Za-z0-9]+)$/.exec(fichier)?.[1] ?? '';
}

/** Lit un ACTE.json. @returns le refus `acte/invalid` avec toutes les fautes et leurs pointeurs. */
export function readActeDescription(value: unknown): Result<ActeDescription> {
  const shaped = description.safeParse(value, { error: frenchFault });
  const violations: Violation[] = [];
  if (!shaped.success) {
    for (const issue of shaped.error.issues) {
      violations.push({
        pointer: issue.path.map((part) => `/${String(part)}`).join(''),
        code: `acte/${issue.code}`,
        detail: issue.message,
      });
    }
    return refuse({ code: 'acte/invalid', detail: 'La description de l’acte est à corriger.', violations });
  }
  const { operateur, enveloppe, collectivite, acte } = shaped.data;
  const check = <T>(pointer: string, result: Result<T>): T | undefined => {
    if (result.ok) return result.value;
    violations.push({ pointer, code: result.problem.code, detail: result.problem.detail });
    return undefined;
  };
  const siren = check('/collectivite/siren', parseSiren(collectivite.siren));
  const departement = check('/collectivite/departement', parseDepartement(collectivite.departement));
  const jour = check('/enveloppe/jour', parseCivilDate(enveloppe.jour));
  const dateDecision = check('/acte/dateDecision', parseCivilDate(acte.dateDecision));
  const classificationDateVersion = check(
    '/acte/classificationDateVersion',
    parseCivilDate(acte.classificationDateVersion),
  );
  const matiere = check('/acte/matiere', parseMatiere(acte.matiere));
  const numeroInterne = check(
    '/acte/numeroInterne',
    parseNumeroInterne(acte.numeroInterne, { tiretsPermis: true }),
  );
  const nature = acte.nature;
  if (!isNatureAbregee(nature)) {
    violations.push({
      pointer: '/acte/nature',
      code: 'nature/unknown',
      detail: 'Natures : DE, AR, AI, CC, BF, AU.',
    });
  }
  if (
    !siren ||
    !departement ||
    !jour ||
    !dateDecision ||
    !classificationDateVersion ||
    !matiere ||
    !numeroInterne ||
    !isNatureAbregee(nature)
  ) {
    return refuse({ code: 'acte/invalid', detail: 'La description de l’acte est à corriger.', violations });
  }
  const { referent } = collectivite;
  return ok({
    fichiers: [acte.document, ...acte.annexes].map(({ fichier }) => fichier),
    signatures: [acte.document, ...acte.annexes].map(({ signature }) => signature ?? null),
    input: {
      ...operateur,
      jour,
      numeroEnveloppe: enveloppe.numero,
      collectivite: {
        siren,
        departement,
        arrondissement: collectivite.arrondissement,
        natureCollectivite: collectivite.natureCollectivite,
        adressesRetour: collectivite.adressesRetour,
        ...(referent ? { referent } : {}),
      },
      acte: {
        dateDecision,
        numeroInterne,
        nature,
        matiere: matiere.niveaux,
        objet: acte.objet,
        classificationDateVersion,
      },
      document: { extension: extensionOf(acte.document.fichier), typePiece: acte.document.typePiece },
      annexes: acte.annexes.map(({ fichier, typePiece }) => ({ extension: extensionOf(fichier), typePiece })),
    },
  });
}
