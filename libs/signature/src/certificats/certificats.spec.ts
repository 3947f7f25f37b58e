import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import type { Instant, Result } from '@teletransmission/kernel';
import forge from 'node-forge';
import type { Titulaire } from '../../test/issue-certificate';
import { issue } from '../../test/issue-certificate';
import { signDetached } from '../sign-detached';
import { verifyDetached } from '../verify-detached';
import { certificateExpiry } from './certificate-expiry';
import { readCertificats } from './read-certificats';
import { readPkcs12 } from './read-pkcs12';

const AT = '2026-11-24T09:00:00.000Z' as Instant;
const racine = issue('Autorité d’essai', { autorite: {} });
const intermediaire = issue('Autorité des communes', { autorite: {} }, racine);
const maire = issue('Camille Exemple', {}, intermediaire);
const PASSWORD = 'mot de passe à accents';

type Options = Parameters<typeof forge.pkcs12.toPkcs12Asn1>[3];
function pkcs12(
  options: Options = {},
  certificats: readonly Titulaire[] = [maire, intermediaire, racine],
): Buffer {
  const cle = forge.pki.privateKeyFromPem(maire.cle.export({ format: 'pem', type: 'pkcs8' }).toString());
  const pems = certificats.map(({ certificat }) => forge.pki.certificateFromPem(certificat.toString()));
  return Buffer.from(
    forge.asn1.toDer(forge.pkcs12.toPkcs12Asn1(cle, pems, PASSWORD, options)).getBytes(),
    'latin1',
  );
}
const codeOf = (result: Result<unknown>): string => (result.ok ? 'lu' : result.problem.code);

describe('readPkcs12', () => {
  it.each(['aes128', 'aes256', '3des'] as const)('lit la clé et sa chaîne, chiffrées en %s', (algorithm) => {
    const lu = readPkcs12(pkcs12({ algorithm }), PASSWORD);
    if (!lu.ok) throw new Error(lu.problem.detail);
    expect(lu.value.certificat.raw.equals(maire.certificat.raw)).toBe(true);
    expect(lu.value.certificat.checkPrivateKey(lu.value.cle)).toBe(true);
    expect(lu.value.chaine.map(({ raw }) => raw)).toEqual([intermediaire.certificat.raw]);
  });

  it('donne de quoi signer', async () => {
    const lu = readPkcs12(pkcs12(), PASSWORD);
    if (!lu.ok) throw new Error(lu.problem.detail);
    const signed = await signDetached(Readable.from([Buffer.from('acte')]), lu.value, { at: AT });
    const verified = await verifyDetached(
      Readable.from([Buffer.from('acte')]),
      signed.ok ? signed.value : '',
      {
        at: AT,
        trusted: [racine.certificat],
      },
    );
    expect(verified.ok && verified.value.signataire).toBe('Camille Exemple');
  });

  it('dit un mauvais mot de passe, avec ou sans sceau', () => {
    expect(codeOf(readPkcs12(pkcs12(), 'autre'))).toBe('signature/pkcs12-wrong-password');
    expect(codeOf(readPkcs12(pkcs12(), ''))).toBe('signature/pkcs12-wrong-password');
  });

  it('dit qu’aucun certificat ne va avec la clé', () => {
    expect(codeOf(readPkcs12(pkcs12({}, [racine]), PASSWORD))).toBe('signature/pkcs12-no-key');
  });

  it.each<[string, () => Buffer]>([
    ['rien', () => Buffer.alloc(0)],
    ['un certificat', () => Buffer.from(maire.certificat.raw)],
    ['un fichier coupé', () => pkcs12().subarray(0, -40)],
    ['deux mébioctets', () => Buffer.alloc(2 * 1024 * 1024, 0x30)],
    ['des millions d’itérations', () => withIterations(0x7f_ff_ff_ff)],
  ])('refuse %s sans rien lever ni attendre', (_title, octets) => {
    expect(codeOf(readPkcs12(octets(), PASSWORD))).toBe('signature/pkcs12-malformed');
  });

  it('ne lève pour aucun octet retourné', () => {
    const sain = pkcs12();
    for (let index = 0; index < sain.byteLength; index += 97) {
      const altered = Buffer.from(sain);
      altered[index] = (altered[index] ?? 0) ^ 0xff;
      expect(codeOf(readPkcs12(altered, PASSWORD))).toMatch(/^lu$|^signature\/pkcs12-/);
    }
  });
});

/** Le même fichier, dont le sceau annonce un autre nombre d'itérations. */
function withIterations(count: number): Buffer {
  const octets = pkcs12({ count: 0x12_34_56_78 % 60_000 });
  const announced = Buffer.of(2, 2, (0x12_34_56_78 % 60_000) >> 8, (0x12_34_56_78 % 60_000) & 0xff);
  const at = octets.lastIndexOf(announced);
  // L'en-tête du fichier et celui du sceau s'allongent de deux octets : on les retouche ensemble.
  const longer = Buffer.concat([
    octets.subarray(0, at),
    Buffer.of(2, 4, count >>> 24, (count >>> 16) & 0xff, (count >>> 8) & 0xff, count & 0xff),
    octets.subarray(at + 4),
  ]);
  longer.writeUInt16BE(longer.readUInt16BE(2) + 2, 2);
  const seal = octets.byteLength - at;
  expect(seal).toBe(4);
  return longer;
}

describe('readCertificats', () => {
  it('lit un magasin PEM, dans l’ordre, avec ses commentaires', () => {
    const lu = readCertificats(
      `# racine\n${racine.certificat.toString()}\nautre\n${intermediaire.certificat.toString()}`,
    );
    expect(lu.ok && lu.value.map(({ raw }) => raw)).toEqual([
      racine.certificat.raw,
      intermediaire.certificat.raw,
    ]);
  });

  it('dit le rang de celui qui ne se lit pas', () => {
    const casse = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    const lu = readCertificats(`${racine.certificat.toString()}\n${casse}`);
    expect(lu.ok ? '' : lu.problem.detail).toContain('(rang 2)');
    expect(codeOf(readCertificats('rien'))).toBe('signature/certificates-malformed');
  });
});

describe('certificateExpiry', () => {
  const certificat = issue('Secrétariat', { au: '2027-01-31T22:30:00Z' }).certificat;
  it.each([
    ['2026-11-24T09:00:00.000Z', 'valable', 68],
    ['2026-12-02T22:59:59.000Z', 'bientot-expire', 60],
    ['2027-01-31T22:30:00.000Z', 'bientot-expire', 0],
    ['2027-01-31T22:30:00.001Z', 'expire', 0],
    ['2027-02-10T09:00:00.000Z', 'expire', -10],
    ['2025-12-31T09:00:00.000Z', 'pas-encore-valable', 396],
  ])('à %s le certificat est %s', (at, etat, joursRestants) => {
    expect(certificateExpiry(certificat, at as Instant)).toMatchObject({
      etat,
      joursRestants,
      dernierJour: '2027-01-31',
    });
  });

  it('prévient en une phrase qui dit quoi faire', () => {
    expect(certificateExpiry(certificat, '2027-01-30T09:00:00.000Z' as Instant).avis).toBe(
      'Le certificat de « Secrétariat » expire dans 1 jour, le 31/01/2027 : demandez dès maintenant son renouvellement.',
    );
    expect(certificateExpiry(certificat, AT)).not.toHaveProperty('avis');
  });

  it('compte les jours dans le fuseau de la commune, et prévient quand on le demande', () => {
    const ailleurs = certificateExpiry(certificat, AT, { zone: 'Indian/Reunion', warningDays: 90 });
    expect(ailleurs).toMatchObject({ dernierJour: '2027-02-01', etat: 'bientot-expire' });
  });
});
