import { Buffer } from 'node:buffer';
import forge from 'node-forge';

/** Un nœud ASN.1 tel que forge le lit et l'écrit. */
export type Noeud = forge.asn1.Asn1;

const { Class, Type } = forge.asn1;

/*
 * Les types publiés de forge ne connaissent que `strict`. Ne pas ouvrir les BIT STRING garde leurs octets tels quels : un
 * certificat se récrit alors à l'identique. Au-delà de 64 niveaux, ce n'est plus une signature mais une attaque de la pile.
 */
const OPTIONS = {
  strict: true,
  parseAllBytes: true,
  decodeBitStrings: false,
  maxDepth: 64,
};

/** Lit du DER (ou du BER à longueurs indéfinies, que certains signeurs écrivent). Indéfini quand ce n'en est pas. */
export function readDer(octets: Uint8Array): Noeud | undefined {
  try {
    return forge.asn1.fromDer(Buffer.from(octets).toString('latin1'), OPTIONS as unknown as boolean);
  } catch {
    return undefined;
  }
}

/**
 * Le premier objet, sans ce qui le suit, et récrit quand il est à longueurs indéfinies : tout lecteur n'admet pas le BER.
 * Indéfini quand il n'y a pas d'objet entier.
 */
export function firstObject(octets: Buffer): Buffer | undefined {
  const reading = forge.util.createBuffer(octets.toString('latin1'));
  try {
    const noeud = forge.asn1.fromDer(reading, { ...OPTIONS, parseAllBytes: false } as unknown as boolean);
    return octets[1] === 0x80 ? derOf(noeud) : octets.subarray(0, octets.length - reading.length());
  } catch {
    return undefined;
  }
}

/** Récrit un nœud en DER, longueurs définies et entiers au plus court. */
export function derOf(noeud: Noeud): Buffer {
  return Buffer.from(forge.asn1.toDer(noeud).getBytes(), 'latin1');
}

/** Les enfants d'un nœud construit ; aucun pour un nœud primitif. */
export function childrenOf(noeud: Noeud | undefined): readonly Noeud[] {
  return noeud && Array.isArray(noeud.value) ? noeud.value : [];
}

/** Les octets d'un nœud primitif ; ceux d'une OCTET STRING en morceaux (BER) sont mis bout à bout. */
export function octetsOf(noeud: Noeud | undefined): Buffer {
  if (!noeud) return Buffer.alloc(0);
  if (typeof noeud.value === 'string') return Buffer.from(noeud.value, 'latin1');
  return Buffer.concat(noeud.value.map(octetsOf));
}

/** Vrai pour un nœud de la classe universelle et de ce type. */
export function isType(noeud: Noeud | undefined, type: keyof typeof Type): noeud is Noeud {
  return noeud?.tagClass === Class.UNIVERSAL && noeud.type === Type[type];
}

/** Vrai pour l'étiquette de contexte `[numero]`. */
export function isContext(noeud: Noeud | undefined, numero: number): noeud is Noeud {
  const type: number | undefined = noeud?.type;
  return noeud?.tagClass === Class.CONTEXT_SPECIFIC && type === numero;
}

/** Vrai pour cet OID, dit en notation pointée : les octets sont comparés, forge décodant les grands arcs sur trente-deux bits. */
export function isOid(noeud: Noeud | undefined, oid: string): boolean {
  return isType(noeud, 'OID') && noeud.value === oidNode(oid).value;
}

const built = (type: keyof typeof Type, enfants: readonly Noeud[]): Noeud =>
  forge.asn1.create(Class.UNIVERSAL, Type[type], true, [...enfants]);
const primitive = (type: keyof typeof Type, octets: string): Noeud =>
  forge.asn1.create(Class.UNIVERSAL, Type[type], false, octets);

export function sequence(...enfants: readonly Noeud[]): Noeud {
  return built('SEQUENCE', enfants);
}

/** Un SET OF, dans l'ordre du DER (X.690 §11.6) : une signature porte sur ces octets-là. */
export function setOf(...enfants: readonly Noeud[]): Noeud {
  return built(
    'SET',
    [...enfants].sort((a, b) => Buffer.compare(derOf(a), derOf(b))),
  );
}

/** Un OID, de sa notation pointée. */
export function oidNode(oid: string): Noeud {
  return primitive('OID', forge.asn1.oidToDer(oid).getBytes());
}

/** Un petit nombre, ou les octets d'un grand (numéro de série). */
export function integer(valeur: number | Uint8Array): Noeud {
  const octets =
    typeof valeur === 'number'
      ? forge.asn1.integerToDer(valeur).getBytes()
      : Buffer.from(valeur).toString('latin1');
  return primitive('INTEGER', octets);
}

export function octetString(octets: Uint8Array): Noeud {
  return primitive('OCTETSTRING', Buffer.from(octets).toString('latin1'));
}

export function nullNode(): Noeud {
  return primitive('NULL', '');
}

/** Forge range les étiquettes de contexte dans la même énumération que les types universels. */
const ETIQUETTES = { 0: Type.NONE, 1: Type.BOOLEAN, 3: Type.BITSTRING, 4: Type.OCTETSTRING } as const;

/** L'étiquette implicite `[numero]` autour de ces enfants. */
export function context(numero: keyof typeof ETIQUETTES, enfants: readonly Noeud[]): Noeud {
  return forge.asn1.create(Class.CONTEXT_SPECIFIC, ETIQUETTES[numero], true, [...enfants]);
}

/** Une date, en UTCTime jusqu'en 2049 puis en GeneralizedTime (RFC 5652 §11.3). */
export function timeNode(date: Date): Noeud {
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? primitive('UTCTIME', forge.asn1.dateToUtcTime(date))
    : primitive('GENERALIZEDTIME', forge.asn1.dateToGeneralizedTime(date));
}
