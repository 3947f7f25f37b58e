import type { Problem, Violation } from '@teletransmission/kernel';

/** Les refus d'une signature ou d'un certificat. L'ordre est celui de la gravité : le premier présent donne son code au tout. */
export const SIGNATURE_CODES = [
  'signature/too-large',
  'signature/malformed',
  'signature/not-detached',
  'signature/no-signer',
  'signature/no-certificate',
  'signature/no-signed-attributes',
  'signature/unsupported-algorithm',
  'signature/weak-algorithm',
  'signature/digest-mismatch',
  'signature/invalid',
  'signature/wrong-usage',
  'signature/certificate-expired',
  'signature/certificate-not-yet-valid',
  'signature/revoked',
  'signature/untrusted',
  'signature/key-mismatch',
  'signature/pkcs12-malformed',
  'signature/pkcs12-wrong-password',
  'signature/pkcs12-no-key',
  'signature/certificates-malformed',
  'signature/revocations-malformed',
] as const;

export type SignatureCode = (typeof SIGNATURE_CODES)[number];

/** Une faute d'une signature : son code, et une phrase qui dit quoi faire. */
export interface Faute {
  readonly code: SignatureCode;
  readonly detail: string;
}

const gravite = ({ code }: Violation): number => (SIGNATURE_CODES as readonly string[]).indexOf(code);

/** Le refus d'une seule faute. */
export function problemOf(code: SignatureCode, detail: string): Problem {
  return { code, detail };
}

/** Le refus de plusieurs fautes : le code et l'ordre sont ceux de la gravité, les violations les disent toutes. */
export function problemOfAll(violations: readonly Violation[]): Problem {
  const triees = [...violations].sort((a, b) => gravite(a) - gravite(b));
  return {
    code: triees[0]?.code ?? 'signature/invalid',
    detail: triees.map(({ detail }) => detail).join(' '),
    violations: triees,
  };
}
