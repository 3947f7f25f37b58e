import { Buffer } from 'node:buffer';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Instant } from '@teletransmission/kernel';
import { issue } from '../test/issue-certificate';
import { aSigner, signAt } from '../test/sign-for-tests';
import { pem, TOOL_FORMS } from '../test/tool-forms';
import { readSignatureFile, SIGNATURE_MAX_CHARS } from './cms/signature-text';
import { verifyDetached } from './verify-detached';

const FIELD_CASE = path.join(
  __dirname,
  '../../../../shared/reference/field-cases/14-p7s-der-rembourre-de-zeros',
);
const AT = '2026-11-24T09:00:00.000Z';
const DOCUMENT = Buffer.from('délibération adoptée');
const signer = aSigner();
let texte: string;
let der: Buffer;

beforeAll(async () => {
  texte = await signAt(DOCUMENT, signer.signataire, AT);
  der = Buffer.from(texte.replace(/-----[^-]+-----|\s/g, ''), 'base64');
});

const detailOf = (octets: Buffer): string => {
  const read = readSignatureFile(octets);
  return read.ok ? 'acceptée' : `${read.problem.code} ${read.problem.detail}`;
};

describe('une signature, telle que les outils la rendent', () => {
  it.each(TOOL_FORMS)('$quoi : se lit, et part toujours sous la même forme', ({ dress }) => {
    expect(readSignatureFile(dress(der))).toEqual({ ok: true, value: texte });
  });

  it('à longueurs indéfinies, part en DER, et vaut toujours', async () => {
    const indefinite = Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.alloc(2 + 500)]);
    const read = readSignatureFile(indefinite);
    if (!read.ok) throw new Error(read.problem.detail);
    expect(read.value).toBe(texte);
    const trusted = [signer.autorite.certificat];
    const verdict = await verifyDetached(Readable.from([DOCUMENT]), read.value, {
      at: AT as Instant,
      trusted,
    });
    expect(verdict.ok).toBe(true);
  });

  it('parmi d’autres blocs, est celle qui en porte l’étiquette', () => {
    const chain = signer.autorite.certificat.toString();
    expect(readSignatureFile(Buffer.from(`${chain}${pem(der, 'PKCS7')}${chain}`))).toEqual({
      ok: true,
      value: texte,
    });
  });
});

(existsSync(FIELD_CASE) ? it : it.skip)('le p7s de terrain rembourré de zéros vaut', async () => {
  const read = readSignatureFile(readFileSync(path.join(FIELD_CASE, 'extrait.pdf.p7s')));
  if (!read.ok) throw new Error(read.problem.detail);
  const content = createReadStream(path.join(FIELD_CASE, 'extrait.pdf'));
  const at = '2026-12-02T00:00:00.000Z' as Instant;
  expect((await verifyDetached(content, read.value, { at, trusted: null })).ok).toBe(true);
});

describe('ce qui n’est pas une signature est nommé', () => {
  it.each<[string, () => Buffer, RegExp]>([
    ['un fichier vide', () => Buffer.alloc(0), /est vide/],
    ['des zéros', () => Buffer.alloc(300), /octets nuls/],
    ['un DER coupé', () => der.subarray(0, -10), /est coupée : elle annonce \d+ octets et n’en a que \d+/],
    ['un PEM coupé', () => Buffer.from(pem(der).slice(0, -40)), /est coupée : son bloc PEM/],
    ['un certificat', () => Buffer.from(issue('Camille Exemple').certificat.toString()), /est un certificat/],
    [
      'une clé privée',
      () => Buffer.from(pem(der.subarray(0, 90), 'PRIVATE KEY')),
      /clé privée : ne la joignez jamais/,
    ],
    ['une signature XML', () => Buffer.from('<?xml version="1.0"?><ds:Signature/>'), /XAdES/],
    ['un PDF signé', () => Buffer.from('%PDF-1.7\n…'), /PAdES/],
    ['un conteneur ASiC', () => Buffer.from('PK\x03\x04…', 'latin1'), /ASiC/],
    [
      'une signature PGP',
      () => Buffer.from(pem(Buffer.from([0x89, 1, 0x33, 4, 0, 1, 8]), 'PGP SIGNATURE')),
      /PGP/,
    ],
    ['du texte', () => Buffer.from('lu et approuvé'), /ni du DER, ni du PEM/],
    ['trop d’octets', () => Buffer.alloc(SIGNATURE_MAX_CHARS + 1, 0x30), /^signature\/too-large/],
  ])('%s', (_quoi, make, phrase) => {
    expect(detailOf(make())).toMatch(phrase);
  });

  it.each<[string, string]>([
    ['mille débuts sans fin', '-----BEGIN A-----\n'.repeat(29_000)],
    [
      'mille débuts autour d’une fin',
      `${'-----BEGIN A-----\n'.repeat(14_000)}-----END B-----\n${'-----BEGIN C-----\n'.repeat(14_000)}`,
    ],
    ['des en-têtes sans fin', 'a: b\n'.repeat(100_000)],
  ])('sans s’y perdre : %s', (_quoi, content) => {
    expect(detailOf(Buffer.from(content))).toMatch(/^signature\/malformed/);
  });
});
