import type { DeliberationBody } from '../deliberations/deliberation.schema';
import type { CsvCell, CsvVariante } from './csv-dialect';
import { csvHeader, csvLine } from './csv-dialect';

type Column = readonly [name: string, kind: CsvCell['kind'], read: (body: DeliberationBody) => string | null];

/** Les colonnes de l'export ; une colonne s'ajoute à la fin, ne se renomme ni ne se déplace. */
const COLUMNS: readonly Column[] = [
  ['identifiant_acte', 'texte', (body) => body.identifiantActe],
  ['siren', 'texte', (body) => body.collectivite.siren],
  ['collectivite', 'texte', (body) => body.collectivite.nom],
  ['numero_interne', 'texte', (body) => body.numeroInterne],
  ['nature', 'texte', (body) => body.nature],
  ['matiere', 'texte', (body) => body.matiere],
  ['objet', 'texte', (body) => body.objet],
  ['date_decision', 'jour', (body) => body.dateDecision],
  ['date_teletransmission', 'jour', (body) => body.transmission.dateTeletransmission],
  ['date_reception', 'jour', (body) => body.transmission.dateReception],
  ['date_publication', 'jour', (body) => body.publication.datePublication],
  ['date_executoire', 'jour', (body) => body.dateExecutoire],
  ['etat', 'texte', (body) => body.transmission.etat],
  ['etat_libelle', 'texte', (body) => body.transmission.libelle],
  ['archive', 'texte', (body) => body.archive?.nom ?? null],
  ['archive_sha256', 'texte', (body) => body.archive?.empreinte ?? null],
];

/** L'en-tête, puis une ligne par délibération. */
export function accusesHeader(variante: CsvVariante): string {
  return csvHeader(
    variante,
    COLUMNS.map(([name]) => name),
  );
}

export function accusesLine(variante: CsvVariante, body: DeliberationBody): string {
  return csvLine(
    variante,
    COLUMNS.map(([, kind, read]) => ({ kind, value: read(body) })),
  );
}
