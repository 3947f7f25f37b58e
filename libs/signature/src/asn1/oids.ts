import forge from 'node-forge';

const oid = (text: string): string => forge.asn1.oidToDer(text).getBytes();

/** Les OID que nous connaissons, dans la forme de leurs octets (voir `oidOf`). */
export const OID = {
  // Contenus et attributs de CMS (RFC 5652 §4, §5, §11 ; RFC 5035).
  data: oid('1.2.840.113549.1.7.1'),
  signedData: oid('1.2.840.113549.1.7.2'),
  contentType: oid('1.2.840.113549.1.9.3'),
  messageDigest: oid('1.2.840.113549.1.9.4'),
  signingTime: oid('1.2.840.113549.1.9.5'),
  signingCertificateV2: oid('1.2.840.113549.1.9.16.2.47'),
  // Empreintes.
  md5: oid('1.2.840.113549.2.5'),
  sha1: oid('1.3.14.3.2.26'),
  sha224: oid('2.16.840.1.101.3.4.2.4'),
  sha256: oid('2.16.840.1.101.3.4.2.1'),
  sha384: oid('2.16.840.1.101.3.4.2.2'),
  sha512: oid('2.16.840.1.101.3.4.2.3'),
  // Signatures.
  rsaEncryption: oid('1.2.840.113549.1.1.1'),
  md5WithRsa: oid('1.2.840.113549.1.1.4'),
  sha1WithRsa: oid('1.2.840.113549.1.1.5'),
  sha224WithRsa: oid('1.2.840.113549.1.1.14'),
  sha256WithRsa: oid('1.2.840.113549.1.1.11'),
  sha384WithRsa: oid('1.2.840.113549.1.1.12'),
  sha512WithRsa: oid('1.2.840.113549.1.1.13'),
  rsassaPss: oid('1.2.840.113549.1.1.10'),
  mgf1: oid('1.2.840.113549.1.1.8'),
  ecdsaWithSha1: oid('1.2.840.10045.4.1'),
  ecdsaWithSha224: oid('1.2.840.10045.4.3.1'),
  ecdsaWithSha256: oid('1.2.840.10045.4.3.2'),
  ecdsaWithSha384: oid('1.2.840.10045.4.3.3'),
  ecdsaWithSha512: oid('1.2.840.10045.4.3.4'),
  // Noms et extensions de certificat (RFC 5280 §4).
  commonName: oid('2.5.4.3'),
  organizationName: oid('2.5.4.10'),
  subjectKeyIdentifier: oid('2.5.29.14'),
  keyUsage: oid('2.5.29.15'),
  subjectAltName: oid('2.5.29.17'),
  basicConstraints: oid('2.5.29.19'),
  certificatePolicies: oid('2.5.29.32'),
  extKeyUsage: oid('2.5.29.37'),
} as const;
