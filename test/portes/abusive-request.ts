import type { RawRequest } from './raw-exchange';

/** À qui et à quoi s'adresse une demande abusive. */
export interface AbuseTarget {
  readonly siren: string;
  /** Un acte qui existe, pour les portes qui en veulent un. */
  readonly deliberationId: string;
}

/** Une demande qu'aucun logiciel honnête n'enverrait. */
export interface AbusiveRequest {
  readonly nom: string;
  /** Par défaut le déposant, le plus faible des comptes qui écrivent. */
  readonly role?: 'deposant' | 'operateur';
  /**
   * Ce qui suffit à la refuser, dans l'instant : son début (analyse de HTTP, adresse, type, taille annoncée) ou son corps (JSON). Rien ne
   * court alors entre sa fin et sa réponse, et c'est pendant son envoi que les autres doivent passer.
   */
  readonly refusedOn?: 'head' | 'body';
  /** Le statut attendu. */
  readonly status: number;
  make(target: AbuseTarget): RawRequest;
}

const BOUNDARY = 'delimiteur-de-l-essai';

/** Une partie d'un multipart. */
export interface RawPart {
  readonly nom: string;
  readonly fichier?: string;
  readonly type?: string;
  readonly octets: Buffer | string;
  readonly enTetes?: string;
}

export function multipart(path: string, parts: readonly RawPart[]): RawRequest {
  const pieces = parts.flatMap(
    ({ nom, fichier, type = 'application/octet-stream', octets, enTetes = '' }) => {
      const named = fichier === undefined ? '' : `; filename="${fichier}"`;
      const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${nom}"${named}\r\n${enTetes}Content-Type: ${type}\r\n\r\n`;
      return [
        Buffer.from(head),
        typeof octets === 'string' ? Buffer.from(octets) : octets,
        Buffer.from('\r\n'),
      ];
    },
  );
  return rawMultipart(path, Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]));
}

/** Un multipart dont le corps n'en est pas forcément un. */
export function rawMultipart(path: string, body: Buffer): RawRequest {
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  return { method: 'POST', path, headers, body };
}

export function json(path: string, body: string | Buffer, headers: Record<string, string> = {}): RawRequest {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  };
}

export function get(path: string, headers: Record<string, string> = {}): RawRequest {
  return { method: 'GET', path, headers };
}

/** Un dossier de dépôt sans faute, dont on change des champs. */
export function dossierOf({ siren }: AbuseTarget, changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    collectivite: siren,
    numeroInterne: 'ABUS-1',
    dateDecision: '2022-10-20',
    objet: 'Un acte',
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
    document: { fichier: 'extrait.pdf' },
    annexes: [],
    ...changes,
  });
}

/** `count` fois le même texte, séparé. */
export function repeated(text: string, count: number, separator = ','): string {
  return Array.from({ length: count }, () => text).join(separator);
}

/** `count` textes différents. */
export function numbered(of: (rank: number) => string, count: number, separator = ','): string {
  return Array.from({ length: count }, (_, rank) => of(rank)).join(separator);
}
