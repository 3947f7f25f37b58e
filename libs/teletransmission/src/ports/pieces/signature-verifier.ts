import type { Instant, Result } from '@teletransmission/kernel';
import type { Empreinte } from '../../ids';

/** Un document rangé, et le fichier de sa signature détachée, rangé aussi. */
export interface SignedContent {
  readonly document: Empreinte;
  readonly signature: Empreinte;
}

/** Une signature qui vaut. Le nom du signataire n'y est pas : il n'entre ni dans l'audit ni dans un journal. */
export interface VerifiedSignature {
  /** Ce que porte `FichierSigne/Signature` : le PKCS#7 en PEM, quelle que soit la forme reçue. */
  readonly texte: string;
  /** Celui du certificat, en hexadécimal. */
  readonly numeroSerie: string;
  /** `RSA-SHA256`, `ECDSA-SHA384`… */
  readonly algorithme: string;
  /** `false` : personne n'a dit quelles autorités sont de confiance, la chaîne n'a pas été remontée. */
  readonly isChaineVerifiee: boolean;
}

/** Dit si une signature détachée est bien celle d'un document, à un instant donné. */
export interface SignatureVerifier {
  /** @returns la signature, ou un refus `signature/…` dont le détail dit quoi faire. Ne lance que si un contenu rangé ne se lit pas. */
  verify(content: SignedContent, at: Instant): Promise<Result<VerifiedSignature>>;
}
