import { aPdf } from '@teletransmission/testkit';

/** Un fichier joint à un dépôt. */
export interface JoinedFile {
  readonly nom: string;
  readonly octets: Uint8Array;
}

/** Une demande de dépôt : son dossier et ses fichiers, à envoyer en multipart. */
export interface Deposit {
  readonly dossier: Record<string, unknown>;
  readonly fichiers: readonly JoinedFile[];
}

let nextNumber = 0;

/** Le dossier d'une délibération adoptée, au numéro neuf, ou ce que l'essai en change (`undefined` ôte un champ). */
export function aDossier(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  nextNumber += 1;
  const dossier: Record<string, unknown> = {
    collectivite: '213402761',
    numeroInterne: `2022-10-${String(nextNumber).padStart(3, '0')}`,
    dateDecision: '2022-10-20',
    objet: 'Convention de partenariat pour un environnement numérique de travail',
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
    document: { fichier: 'extrait.pdf' },
    annexes: [{ fichier: 'convention.pdf', typePiece: '99_DE' }],
    ...changes,
  };
  return Object.fromEntries(Object.entries(dossier).filter(([, value]) => value !== undefined));
}

/** Un dépôt complet, ou ce que l'essai en change. */
export function aDeposit(
  changes: Readonly<Record<string, unknown>> = {},
  fichiers: readonly JoinedFile[] = [
    { nom: 'extrait.pdf', octets: aPdf('extrait') },
    { nom: 'convention.pdf', octets: aPdf('convention') },
  ],
): Deposit {
  return { dossier: aDossier(changes), fichiers };
}

/** Un corps multipart et l'en-tête qui le décrit. */
export interface MultipartBody {
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Compose un corps multipart de n'importe quelles parties, dans l'ordre donné. */
export async function multipartOf(
  parts: readonly (readonly [name: string, value: string | Blob, filename?: string])[],
): Promise<MultipartBody> {
  const form = new FormData();
  for (const [name, value, filename] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, filename);
  }
  const body = new Response(form);
  const payload = Buffer.from(await body.arrayBuffer());
  return { payload, headers: { 'content-type': body.headers.get('content-type') ?? '' } };
}

/** Le dépôt tel qu'un logiciel l'envoie : le dossier en champ, puis les fichiers. */
export function bodyOf({ dossier, fichiers }: Deposit): Promise<MultipartBody> {
  return multipartOf([
    ['dossier', JSON.stringify(dossier)],
    ...fichiers.map(({ nom, octets }) => ['fichier', new Blob([new Uint8Array(octets)]), nom] as const),
  ]);
}
