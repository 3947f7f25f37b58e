import type { RouteDescription } from './routes';

type Json = Record<string, unknown>;

const text = (description: string, schema: Json = {}): Json => ({
  description,
  schema: { type: 'string', ...schema },
});

/** Les en-têtes de réponse, dits une fois pour toutes les adresses. */
export const HEADERS: Readonly<Record<string, Json>> = {
  'Cache-Control': text('Combien de temps la réponse se garde : « no-store », sauf un document'),
  'Trace-Id': text('La trace de la demande, à citer au support', { pattern: '^[0-9a-f]{32}$' }),
  Location: text('L’adresse de ce qui vient d’être créé', { format: 'uri-reference' }),
  'Idempotency-Replayed': text('« true » quand la réponse est celle déjà donnée à cette clé', {
    enum: ['true'],
  }),
  ETag: text('Le sceau du contenu : son SHA-256 hexadécimal, entre guillemets'),
  'Repr-Digest': text('Le SHA-256 du contenu entier, en base64 (RFC 9530)'),
  'Accept-Ranges': text('Une étendue peut se demander', { enum: ['bytes'] }),
  'Content-Range': text('L’étendue rendue, ou la taille du contenu quand elle est hors de lui'),
  'Content-Disposition': text('Le nom sous lequel enregistrer le contenu'),
  Vary: text('Ce qui fait changer la réponse'),
  Allow: text('Les méthodes que l’adresse admet'),
  'Retry-After': {
    description: 'Dans combien de secondes recommencer',
    schema: { type: 'integer', minimum: 0 },
  },
  'WWW-Authenticate': text('Comment se faire reconnaître', { enum: ['Bearer'] }),
  'Preuve-Empreinte': text('Le SHA-256 du XML, hexadécimal', { pattern: '^[0-9a-f]{64}$' }),
  'Preuve-Date-Reception': text('La date que donne la préfecture', { format: 'date' }),
  'Preuve-Recue-Le': text('Quand nous l’avons reçue', { format: 'date-time' }),
  'Preuve-Appliquee-Le': text('Quand nous l’avons appliquée', { format: 'date-time' }),
  'Preuve-Retour-Empreinte': text('Le SHA-256 du retour brut qui la portait', {
    pattern: '^[0-9a-f]{64}$',
  }),
};

const ALWAYS = ['Cache-Control', 'Trace-Id'];
const OF_DOCUMENT = ['ETag', 'Repr-Digest', 'Accept-Ranges', 'Content-Disposition', 'Vary'];
const OF_PREUVE = [
  'Preuve-Empreinte',
  'Preuve-Date-Reception',
  'Preuve-Recue-Le',
  'Preuve-Appliquee-Le',
  'Preuve-Retour-Empreinte',
];
const OF_STATUS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  416: ['Content-Range'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};
const DOCUMENTS = ['application/gzip', 'application/octet-stream', 'application/xml'];

/** Vrai d'une adresse qui rend des octets du dépôt : elle se revalide, et se reprend où elle en était. */
export function isDocument({ success }: RouteDescription): boolean {
  return DOCUMENTS.includes(success.type);
}

/** Les en-têtes d'une réponse réussie. */
export function successHeaders(route: RouteDescription): Json {
  const { success } = route;
  return referencesTo([
    ...ALWAYS,
    ...(success.status === 201 ? ['Location', 'Idempotency-Replayed'] : []),
    ...(isDocument(route) ? OF_DOCUMENT : []),
    ...(success.type === 'application/xml' ? OF_PREUVE : []),
    ...(success.type === 'text/csv' ? ['Content-Disposition'] : []),
  ]);
}

/** Les en-têtes d'une étendue, ou d'un contenu que le client a déjà. */
export function partHeaders(status: 206 | 304): Json {
  const described = status === 206 ? [...OF_DOCUMENT, 'Content-Range'] : ['ETag', 'Vary'];
  return referencesTo([...ALWAYS, ...described]);
}

/** Les en-têtes d'un refus. */
export function problemHeaders(status: number): Json {
  return referencesTo([...ALWAYS, ...(OF_STATUS[status] ?? [])]);
}

function referencesTo(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
