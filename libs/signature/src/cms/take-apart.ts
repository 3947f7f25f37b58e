import type { Buffer } from 'node:buffer';
import type { Noeud } from '../asn1/der';
import { childrenOf, derOf, isContext, isType, readDer, sequence } from '../asn1/der';

/** Une signature en ses morceaux, chacun d'une taille que pkijs lit sans s'y attarder. */
export interface Morceaux {
  /** La signature sans ce qu'elle apporte : ni certificats, ni listes de révocation, ni attributs non signés. */
  readonly noyau: Buffer;
  readonly certificats: readonly Buffer[];
  readonly signataires: number;
  readonly preuves: Preuves;
}

/** Ce qui peut prouver une révocation, là où chaque norme le range. */
export interface Preuves {
  /** Le champ `crls` du `SignedData`. */
  readonly listes: readonly Noeud[];
  /** Les attributs des signataires, signés ou non. */
  readonly attributs: readonly Noeud[];
}

/**
 * Démonte un `SignedData` sans le comprendre : une signature qui emporte ses listes de révocation compte cent mille nœuds, dont pkijs
 * ferait autant d'objets. Indéfini quand les champs ne sont pas ceux d'un `SignedData`.
 */
export function takeApart(der: Uint8Array): Morceaux | undefined {
  const [type, wrapped, ...rest] = childrenOf(readDer(der));
  const [signedData] = childrenOf(wrapped);
  const champs = childrenOf(signedData);
  const last = champs.at(-1);
  if (!type || !wrapped || !isType(last, 'SET') || champs.length < 4 || rest.length > 0) return undefined;
  // Les trois premiers champs sont la version, les empreintes et le contenu.
  const joints = champs.slice(3, -1);
  const signataires = childrenOf(last);
  const noyau = [...champs.slice(0, 3), { ...last, value: signataires.map(withoutUnsigned) }];
  return {
    noyau: derOf(sequence(type, { ...wrapped, value: [sequence(...noyau)] })),
    certificats: childrenOf(joints.find((champ) => isContext(champ, 0))).map(derOf),
    signataires: signataires.length,
    preuves: {
      listes: childrenOf(joints.find((champ) => isContext(champ, 1))),
      attributs: signataires.flatMap((signataire) =>
        childrenOf(signataire)
          .slice(2)
          .filter((champ) => isContext(champ, 0) || isContext(champ, 1))
          .flatMap(childrenOf),
      ),
    },
  };
}

/** Les attributs non signés sont le dernier champ, et `[1]`. */
function withoutUnsigned(signataire: Noeud): Noeud {
  const champs = childrenOf(signataire);
  return isContext(champs.at(-1), 1) ? { ...signataire, value: champs.slice(0, -1) } : signataire;
}
