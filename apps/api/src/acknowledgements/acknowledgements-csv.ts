import type { DeliberationBody } from '../deliberations/deliberation.schema';

/** Les colonnes de l'export ; une colonne s'ajoute à la fin, ne se renomme ni ne se déplace. */
const COLUMNS: readonly (readonly [string, (body: DeliberationBody) => string | null])[] = [
  ['identifiant_acte', (body) => body.identifiantActe],
  ['siren', (body) => body.collectivite.siren],
  ['collectivite', (body) => body.collectivite.nom],
  ['numero_interne', (body) => body.numeroInterne],
  ['nature', (body) => body.nature],
  ['matiere', (body) => body.matiere],
  ['objet', (body) => body.objet],
  ['date_decision', (body) => body.dateDecision],
  ['date_teletransmission', (body) => body.transmission.dateTeletransmission],
  ['date_reception', (body) => body.transmission.dateReception],
  ['date_publication', (body) => body.publication.datePublication],
  ['date_executoire', (body) => body.dateExecutoire],
  ['etat', (body) => body.transmission.etat],
  ['etat_libelle', (body) => body.transmission.libelle],
  ['archive', (body) => body.archive?.nom ?? null],
  ['archive_sha256', (body) => body.archive?.empreinte ?? null],
];

/** Une cellule qu'un tableur prendrait pour une formule reçoit une apostrophe devant : un objet n'exécute rien chez qui l'ouvre. */
function cell(value: string | null): string {
  if (value === null) return '';
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** L'en-tête puis une ligne par délibération, RFC 4180, UTF-8. */
export function csvHeader(): string {
  return `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
}

export function csvLine(body: DeliberationBody): string {
  return `${COLUMNS.map(([, read]) => cell(read(body))).join(',')}\r\n`;
}
