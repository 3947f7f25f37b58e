import type { CivilDate } from '@teletransmission/kernel';
import type {
  Comparison,
  Deliberation,
  Ecart,
  FluxTransmis,
  Piece,
  Unsaid,
} from '@teletransmission/teletransmission';
import {
  compareCorrespondance,
  compareDepot,
  comparePublication,
  compareRetour,
  compareTransmission,
} from '@teletransmission/teletransmission';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuditReport, AuditScope } from './audit-chains';
import { verifyChains } from './audit-chains';
import type { Recorded, RecordedSubject, SubjectTable } from './recorded-subjects';
import { instantIn, nullableText, recordedSubjects, textOf } from './recorded-subjects';
import { sha256 } from './sha256';

/** Ce qu'une vérification a trouvé : dans les chaînes, et entre les tables et ce que le journal en dit. */
export interface JournalReport extends AuditReport {
  /** Ce qui a été comparé, par table. */
  readonly compared: Readonly<Record<SubjectTable, number>>;
  /** Les premiers écarts, et combien il y en a en tout. */
  readonly ecarts: readonly Ecart[];
  readonly ecartsTotal: number;
  /** Ce que le journal ne disait pas encore, et combien de fois. */
  readonly unsaid: Readonly<Record<Unsaid, number>>;
}

const PLATEFORME = 'plateforme';
/** Au-delà, les nommer un à un n'apprend plus rien. */
const ECARTS_MAX = 1_000;

const COMPARE: Readonly<Record<SubjectTable, (subject: RecordedSubject) => Comparison>> = {
  transmissions: ({ id, row, parts, lines }) =>
    compareTransmission(
      id,
      row && {
        identifiantActe: nullableText(row, 'identifiant_acte'),
        collectiviteId: textOf(row, 'collectivite_id'),
        deliberationId: nullableText(row, 'deliberation_id'),
        flux: textOf(row, 'flux') as FluxTransmis,
        state: textOf(row, 'state'),
        since: instantIn(row, 'since'),
        dateReception: nullableText(row, 'date_reception'),
        teletransmiseLe: instantIn(row, 'teletransmise_le'),
        archives: parts
          .filter((part) => 'nom_archive' in part)
          .map((part) => ({
            nom: textOf(part, 'nom_archive'),
            empreinte: textOf(part, 'empreinte'),
            scelleeLe: instantIn(part, 'scellee_le'),
          })),
        // Les pièces d'un acte sont celles de sa délibération ; une réponse a les siennes.
        ...(row['correspondance_id'] === null
          ? {}
          : { pieces: parts.filter((part) => 'type_piece' in part).map(pieceOf) }),
      },
      lines,
    ),
  publications: ({ id, row, parts, lines }) =>
    comparePublication(
      id,
      row && {
        acte: parts[0] ? nullableText(parts[0], 'identifiant_acte') : null,
        state: textOf(row, 'state'),
        datePublication: nullableText(row, 'date_publication'),
        adresse: nullableText(row, 'adresse'),
        moyen: nullableText(row, 'moyen'),
        declareeLe: instantIn(row, 'declaree_le'),
        declareePar: nullableText(row, 'declaree_par'),
      },
      lines,
    ),
  retours: ({ id, row, lines }) =>
    compareRetour(
      id,
      row && {
        state: textOf(row, 'state'),
        nom: textOf(row, 'nom'),
        empreinte: textOf(row, 'empreinte'),
        recuLe: instantIn(row, 'recu_le'),
      },
      lines,
    ),
  correspondances: ({ id, row, lines }) =>
    compareCorrespondance(
      id,
      row && {
        identifiantActe: textOf(row, 'identifiant_acte'),
        state: textOf(row, 'state'),
        flux: textOf(row, 'flux'),
        dateCourrier: nullableText(row, 'date_courrier'),
        recueLe: instantIn(row, 'recue_le'),
        echeance: nullableText(row, 'echeance'),
        empreinteMessage: textOf(row, 'empreinte_message'),
      },
      lines,
    ),
  deliberations: ({ row, parts, lines: [line] }) => {
    const whole = deliberationOf(row ?? {}, parts.map(pieceOf));
    return compareDepot({ ...whole, whole }, line, sha256);
  },
};

function pieceOf(part: Recorded): Piece {
  const signature = nullableText(part, 'signature_empreinte');
  return {
    rang: Number(part['rang']),
    typePiece: textOf(part, 'type_piece'),
    nomFichier: textOf(part, 'nom_fichier'),
    empreinte: textOf(part, 'empreinte') as Piece['empreinte'],
    tailleOctets: Number(part['taille_octets']),
    format: textOf(part, 'format') as Piece['format'],
    remarques: (part['remarques'] ?? null) as Piece['remarques'],
    signature:
      signature === null
        ? null
        : {
            nomFichier: textOf(part, 'signature_nom'),
            empreinte: signature as Piece['empreinte'],
            tailleOctets: Number(part['signature_octets']),
            numeroSerie: textOf(part, 'signature_serie'),
            algorithme: textOf(part, 'signature_algorithme'),
            isChaineVerifiee: part['signature_chaine'] === true,
          },
  };
}

/** Une délibération telle qu'elle est écrite, fût-elle devenue ce que nos types n'admettent pas. */
function deliberationOf(row: Recorded, pieces: readonly Piece[]): Deliberation {
  const depot = {
    id: textOf(row, 'id'),
    collectiviteId: textOf(row, 'collectivite_id'),
    identifiantActe: textOf(row, 'identifiant_acte'),
    numeroInterne: textOf(row, 'numero_interne'),
    nature: textOf(row, 'nature'),
    dateDecision: textOf(row, 'date_decision') as CivilDate,
    objet: textOf(row, 'objet'),
    matiere: textOf(row, 'matiere'),
    vote: {
      votants: Number(row['votants']),
      pour: Number(row['pour']),
      contre: Number(row['contre']),
      abstentions: Number(row['abstentions']),
      blancs: Number(row['blancs']),
      nuls: Number(row['nuls']),
      voixPreponderante: row['voix_preponderante'] === true,
    },
    deposeeLe: instantIn(row, 'deposee_le'),
    deposeePar: textOf(row, 'deposee_par'),
    corrigeId: nullableText(row, 'corrige_id'),
    pasAvant: instantIn(row, 'pas_avant'),
    pieces,
  };
  return depot as unknown as Deliberation;
}

/**
 * Vérifie le journal, puis ce que les tables disent contre ce qu'il en dit : qui change une table hors du service ne change pas le journal
 * avec elle, ou doit en refaire la chaîne. Tout se lit dans une seule image de la base.
 */
export function verifyJournal(dataSource: DataSource, scope: AuditScope = {}): Promise<JournalReport> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    // Tout lire d'une grande base prend plus que ce qu'on laisse à une demande.
    await manager.query('SET LOCAL statement_timeout = 0');
    const report = await verifyChains(manager, scope);
    return { ...report, ...(await compareTables(manager, scope)) };
  });
}

async function compareTables(
  manager: EntityManager,
  { chaine = null, signal, onProgress }: AuditScope,
): Promise<Omit<JournalReport, keyof AuditReport>> {
  const compared = { transmissions: 0, publications: 0, retours: 0, correspondances: 0, deliberations: 0 };
  const unsaid: Record<Unsaid, number> = { 'depot-sans-empreinte': 0, 'date-sans-trace': 0 };
  const ecarts: Ecart[] = [];
  let ecartsTotal = 0;
  // La chaîne de la plateforme ne porte les lignes d'aucune table entière.
  if (chaine === PLATEFORME) return { compared, ecarts, ecartsTotal, unsaid };
  for (const table of Object.keys(compared) as SubjectTable[]) {
    for await (const subject of recordedSubjects(manager, table, chaine)) {
      signal?.throwIfAborted();
      const found = COMPARE[table](subject);
      ecartsTotal += found.ecarts.length;
      ecarts.push(...found.ecarts.slice(0, ECARTS_MAX - ecarts.length));
      for (const what of found.unsaid) unsaid[what] += 1;
      compared[table] += 1;
      onProgress?.(table, compared[table]);
    }
  }
  return { compared, ecarts, ecartsTotal, unsaid };
}
