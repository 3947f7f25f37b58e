import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Instant, Result } from '@teletransmission/kernel';
import type { Titulaire } from '../test/issue-certificate';
import { issue } from '../test/issue-certificate';
import { TOOL_FORMS } from '../test/tool-forms';
import { readPkcs12 } from './certificats/read-pkcs12';
import { readSignatureFile, readSignatureText } from './cms/signature-text';
import { signDetached } from './sign-detached';
import type { SignatureVerifiee } from './verify-detached';
import { verifyDetached } from './verify-detached';

const AT = '2026-11-24T09:00:00.000Z' as Instant;
// LibreSSL répond au même nom sans connaître CAdES.
const { stdout } = spawnSync('sh', ['-c', 'openssl version'], { encoding: 'utf8' });
const isPresent = stdout.startsWith('OpenSSL 3');
/** RC2 demande un module que les distributions livrent à part. */
const hasRc2 = spawnSync('openssl', ['list', '-providers', '-provider', 'legacy']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'signature-'));
const file = (nom: string): string => path.join(folder, nom);
const racine = issue('Autorité d’essai', { autorite: {} });
const TYPES = ['rsa', 'ec-256', 'ec-384'] as const;

const RC2: readonly [string, (typeof TYPES)[number], readonly string[]][] = [
  ['RC2 de quarante bits', 'rsa', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40']],
  ['RC2, clé EC', 'ec-384', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40']],
];

function openssl(...args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return { status, stderr };
}

function store(titulaire: Titulaire): void {
  writeFileSync(file('cle.pem'), titulaire.cle.export({ format: 'pem', type: 'pkcs8' }));
  writeFileSync(file('certificat.pem'), titulaire.certificat.toString());
}

const verified = (signature: string): Promise<Result<SignatureVerifiee>> =>
  verifyDetached(createReadStream(file('acte.pdf')), signature, { at: AT, trusted: [racine.certificat] });

if (!isPresent) {
  it('openssl 3 n’est pas dans le PATH : la confrontation avec lui n’est pas faite', () => {
    expect(isPresent).toBe(false);
  });
}

(isPresent ? describe : describe.skip)('Face à openssl', () => {
  beforeAll(() => {
    writeFileSync(file('acte.pdf'), randomBytes(300_000));
    writeFileSync(file('racine.pem'), racine.certificat.toString());
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(TYPES)(
    'il accepte ce que nous signons avec une clé %s, et refuse le document changé',
    async (type) => {
      const elu = issue('Camille Exemple', { type }, racine);
      const materiel = { cle: elu.cle, certificat: elu.certificat, chaine: [] };
      const signed = await signDetached(createReadStream(file('acte.pdf')), materiel, { at: AT });
      writeFileSync(file('signature.pem'), signed.ok ? signed.value : '');
      const read = readSignatureText(signed.ok ? signed.value : '');
      writeFileSync(file('signature.der'), read.ok ? read.value : '');
      const verify = (form: string, nom: string, contenu: string): number | null =>
        openssl(
          ...['cms', '-verify', '-binary', '-inform', form, '-in', nom, '-content', contenu],
          ...[
            '-CAfile',
            'racine.pem',
            '-purpose',
            'any',
            '-cades',
            '-out',
            'sortie',
            '-attime',
            '1795510800',
          ],
        ).status;
      expect(verify('PEM', 'signature.pem', 'acte.pdf')).toBe(0);
      expect(verify('DER', 'signature.der', 'acte.pdf')).toBe(0);
      expect(verify('DER', 'signature.der', 'racine.pem')).not.toBe(0);
    },
  );

  it.each<[string, readonly string[], string]>([
    ['rsa', [], 'RSA-SHA256'],
    ['rsa', ['-md', 'sha512'], 'RSA-SHA512'],
    ['rsa', ['-keyid'], 'RSA-SHA256'],
    ['rsa', ['-cades'], 'RSA-SHA256'],
    ['rsa', ['-keyopt', 'rsa_padding_mode:pss'], 'RSA-PSS-SHA256'],
    ['ec-256', [], 'ECDSA-SHA256'],
    ['ec-384', ['-md', 'sha384'], 'ECDSA-SHA384'],
  ])('nous acceptons ce qu’il signe : clé %s, options %j', async (type, options, algorithme) => {
    store(issue('Dominique Exemple', { type: type as (typeof TYPES)[number] }, racine));
    const { status, stderr } = openssl(
      ...['cms', '-sign', '-binary', '-in', 'acte.pdf', '-signer', 'certificat.pem', '-inkey', 'cle.pem'],
      ...['-outform', 'DER', '-out', 'openssl.der', ...options],
    );
    expect([status, stderr]).toEqual([0, '']);
    const result = await verified(readBase64('openssl.der'));
    expect(result.ok ? result.value : result.problem).toMatchObject({
      signataire: 'Dominique Exemple',
      algorithme,
    });
  });

  it.each(TOOL_FORMS.filter(({ inform }) => inform !== undefined))(
    'nous acceptons tout ce qu’il accepte : $quoi',
    ({ inform = 'PEM', dress }) => {
      store(issue('Dominique Exemple', {}, racine));
      const signer = ['-signer', 'certificat.pem', '-inkey', 'cle.pem', '-in', 'acte.pdf'];
      openssl('cms', '-sign', '-binary', ...signer, '-outform', 'DER', '-out', 'outil.der');
      const received = dress(readFileSync(file('outil.der')));
      writeFileSync(file('outil.p7s'), received);
      const verify = (form: string, nom: string): number | null =>
        openssl(
          ...['cms', '-verify', '-binary', '-inform', form, '-in', nom, '-content', 'acte.pdf'],
          ...['-CAfile', 'racine.pem', '-purpose', 'any', '-out', 'sortie', '-attime', '1795510800'],
        ).status;
      const read = readSignatureFile(received);
      // Qu'il l'accepte ou non, ce que nous en tirons lui convient.
      writeFileSync(file('envoyee.pem'), read.ok ? read.value : '');
      expect([verify(inform, 'outil.p7s') === 0 && !read.ok, verify('PEM', 'envoyee.pem')]).toEqual([
        false,
        0,
      ]);
    },
  );

  it.each<[string, readonly string[], string]>([
    ['sans attributs signés', ['-noattr'], 'signature/no-signed-attributes'],
    ['avec le document dedans', ['-nodetach'], 'signature/not-detached'],
    ['sans certificat', ['-nocerts'], 'signature/no-certificate'],
    ['en SHA-1', ['-md', 'sha1'], 'signature/weak-algorithm'],
  ])('nous refusons ce qu’il signe %s', async (_title, options, code) => {
    store(issue('Dominique Exemple', {}, racine));
    openssl(
      ...['cms', '-sign', '-binary', '-in', 'acte.pdf', '-signer', 'certificat.pem', '-inkey', 'cle.pem'],
      ...['-outform', 'DER', '-out', 'refuse.der', ...options],
    );
    const result = await verified(readBase64('refuse.der'));
    expect(result.ok ? 'acceptée' : result.problem.code).toBe(code);
  });

  it.each<[string, (typeof TYPES)[number], readonly string[]]>([
    ['AES-256, sceau SHA-256', 'rsa', []],
    ['AES-256, clé EC', 'ec-256', []],
    ['3DES', 'rsa', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ...(hasRc2 ? RC2 : []),
  ])('nous lisons ses PKCS#12 : %s', (_title, type, options) => {
    const titulaire = issue('Camille Exemple', { type }, racine);
    store(titulaire);
    const { status, stderr } = openssl(
      ...['pkcs12', '-export', '-in', 'certificat.pem', '-inkey', 'cle.pem', '-certfile', 'racine.pem'],
      ...['-passout', 'pass:secret', '-out', 'cle.p12', ...options],
    );
    expect([status, stderr]).toEqual([0, '']);
    const octets = Buffer.from(readBase64('cle.p12'), 'base64');
    const lu = readPkcs12(octets, 'secret');
    expect(lu.ok && lu.value.certificat.fingerprint256).toBe(titulaire.certificat.fingerprint256);
    const faux = readPkcs12(octets, 'faux');
    expect(faux.ok ? '' : faux.problem.code).toBe('signature/pkcs12-wrong-password');
  });
});

function readBase64(nom: string): string {
  return readFileSync(file(nom)).toString('base64');
}
