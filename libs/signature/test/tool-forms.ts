import { Buffer } from 'node:buffer';

/** Une façon dont un outil, un éditeur ou un transport habille une signature. */
export interface ToolForm {
  readonly quoi: string;
  /** Le format qu'on dit à `openssl` ; absent quand il n'en a pas pour cette forme. */
  readonly inform?: 'DER' | 'PEM';
  readonly dress: (der: Buffer) => Buffer;
}

const linesOf = (der: Buffer, width = 64): readonly string[] =>
  der.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];

/** Un bloc PEM de cette étiquette. */
export function pem(der: Buffer, label = 'CMS', lines = linesOf(der), eol = '\n'): string {
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join(eol);
}

const text = (content: string): Buffer => Buffer.from(content, 'utf8');

export const TOOL_FORMS: readonly ToolForm[] = [
  { quoi: 'en DER', inform: 'DER', dress: (der) => der },
  {
    quoi: 'en DER rembourré de zéros',
    inform: 'DER',
    dress: (der) => Buffer.concat([der, Buffer.alloc(6_000)]),
  },
  {
    quoi: 'en DER suivi d’octets quelconques',
    inform: 'DER',
    dress: (der) => Buffer.concat([der, text('suite')]),
  },
  {
    quoi: 'en DER suivi d’un retour à la ligne',
    inform: 'DER',
    dress: (der) => Buffer.concat([der, text('\r\n')]),
  },
  {
    quoi: 'en DER précédé d’une marque d’UTF-8',
    inform: 'DER',
    dress: (der) => Buffer.concat([text('\ufeff'), der]),
  },
  { quoi: 'sous « CMS »', inform: 'PEM', dress: (der) => text(pem(der)) },
  { quoi: 'sous « PKCS7 »', inform: 'PEM', dress: (der) => text(pem(der, 'PKCS7')) },
  {
    quoi: 'sous « PKCS #7 SIGNED DATA »',
    inform: 'PEM',
    dress: (der) => text(pem(der, 'PKCS #7 SIGNED DATA')),
  },
  { quoi: 'sous « CERTIFICATE »', inform: 'PEM', dress: (der) => text(pem(der, 'CERTIFICATE')) },
  { quoi: 'sous « SIGNATURE »', inform: 'PEM', dress: (der) => text(pem(der, 'SIGNATURE')) },
  {
    quoi: 'en PEM aux fins de ligne de Windows',
    inform: 'PEM',
    dress: (der) => text(pem(der, 'CMS', undefined, '\r\n')),
  },
  {
    quoi: 'en PEM aux fins de ligne de vieux Mac',
    inform: 'PEM',
    dress: (der) => text(pem(der, 'CMS', undefined, '\r')),
  },
  { quoi: 'en PEM précédé d’une marque d’UTF-8', inform: 'PEM', dress: (der) => text(`\ufeff${pem(der)}`) },
  { quoi: 'en PEM en UTF-16', inform: 'PEM', dress: (der) => Buffer.from(`\ufeff${pem(der)}`, 'utf16le') },
  {
    quoi: 'en PEM entre des lignes de texte',
    inform: 'PEM',
    dress: (der) => text(`Signé par X\n\n${pem(der)}\nfin\n`),
  },
  {
    quoi: 'en PEM d’une seule ligne',
    inform: 'PEM',
    dress: (der) => text(pem(der, 'CMS', [der.toString('base64')])),
  },
  { quoi: 'en PEM à lignes de 76', inform: 'PEM', dress: (der) => text(pem(der, 'CMS', linesOf(der, 76))) },
  {
    quoi: 'en PEM aux lignes finies d’espaces',
    inform: 'PEM',
    dress: (der) =>
      text(
        pem(
          der,
          'CMS',
          linesOf(der).map((line) => `${line}  `),
        ),
      ),
  },
  {
    quoi: 'en PEM à en-têtes',
    inform: 'PEM',
    dress: (der) => text(pem(der, 'CMS', ['Comment: parapheur', '', ...linesOf(der)])),
  },
  {
    quoi: 'en PEM d’un DER rembourré',
    inform: 'PEM',
    dress: (der) => text(pem(Buffer.concat([der, Buffer.alloc(300)]))),
  },
  { quoi: 'en base64 nu', dress: (der) => text(der.toString('base64')) },
  {
    quoi: 'en base64 nu, en lignes, sans son remplissage',
    dress: (der) => text(linesOf(der).join('\r\n').replace(/=+$/, '')),
  },
  { quoi: 'en base64 du PEM', dress: (der) => text(text(pem(der)).toString('base64')) },
  {
    quoi: 'en hexadécimal, rembourré comme dans un PDF',
    dress: (der) => text(`${der.toString('hex').toUpperCase()}${'0'.repeat(400)}`),
  },
  {
    quoi: 'en pièce de courriel',
    dress: (der) =>
      text(
        `MIME-Version: 1.0\r\nContent-Type: application/pkcs7-signature;\r\n name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n${linesOf(der).join('\r\n')}\r\n`,
      ),
  },
];
