import type { SecretSource } from '@teletransmission/teletransmission';
import { createHash, randomBytes } from 'node:crypto';

/**
 * Des jetons de 256 bits, préfixés pour qu'une fuite se reconnaisse. Un secret de cette taille n'a besoin ni de sel ni de
 * hachage lent : SHA-256 suffit, et la recherche par empreinte reste une lecture d'index.
 */
export class CryptoSecrets implements SecretSource {
  mint(): string {
    return `tlt_${randomBytes(32).toString('base64url')}`;
  }

  empreinteOf(secret: string): string {
    return createHash('sha256').update(secret).digest('hex');
  }
}
