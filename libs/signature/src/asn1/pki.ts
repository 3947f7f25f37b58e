import { webcrypto } from 'node:crypto';
import { BaseBlock, fromBER } from 'asn1js';
import type { AsnType } from 'asn1js';
import { CryptoEngine } from 'pkijs';

/** De quoi pkijs calcule ses empreintes ; les signatures, elles, sont vérifiées par `node:crypto` (voir `algorithmes.ts`). */
export const ENGINE = new CryptoEngine({ name: 'node', crypto: webcrypto as Crypto });

/**
 * Lit une structure pour pkijs, dans nos bornes : au-delà de soixante-quatre niveaux ou de ce nombre de nœuds, ce n'est plus une
 * signature. Le nombre compte : pkijs crée des objets par nœud, cent mille l'occuperaient une seconde.
 * @returns la structure, ou indéfini quand ce n'en est pas une ou qu'elle dépasse
 */
export function readBounded(octets: Uint8Array, maxNodes: number): AsnType | undefined {
  try {
    const read = fromBER(octets, { maxDepth: 64, maxNodes, maxContentLength: octets.byteLength });
    return read.offset === octets.byteLength ? read.result : undefined;
  } catch {
    return undefined;
  }
}

/** Construit une structure de pkijs, qui lève quand la forme n'est pas la sienne. */
export function build<T>(
  Structure: new (parameters: { readonly schema: BaseBlock }) => T,
  schema: unknown,
): T | undefined {
  if (!isBlock(schema)) return undefined;
  try {
    return new Structure({ schema });
  } catch {
    return undefined;
  }
}

function isBlock(schema: unknown): schema is BaseBlock {
  return schema instanceof BaseBlock;
}
