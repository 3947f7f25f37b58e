import { Buffer } from 'node:buffer';
import { CertificateRevocationList, IssuingDistributionPoint, RevokedCertificate } from 'pkijs';
import { OID } from '../asn1/oids';
import { build, readBounded } from '../asn1/pki';
import type { Tlv } from '../asn1/tlv';
import { elementsOf, sequenceOf } from '../asn1/tlv';

/** Une liste de révocation (RFC 5280 §5) : pkijs en lit tout, sauf ses lignes, qu'on garde en octets. */
export interface ListeRevocation {
  /** La liste sans ses lignes : émetteur, dates, extensions, algorithme. */
  readonly pki: CertificateRevocationList;
  /** Ce que l'autorité a signé. */
  readonly tbs: Buffer;
  readonly lignes: ReadonlyMap<string, Buffer>;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const TIMES: readonly number[] = [0x17, 0x18];
const NODES_MAX = 2_000;

/**
 * Lit une liste de révocation en DER. Indéfinie quand ce n'en est pas une, ou qu'elle n'est qu'une partie que nous ne saurions pas lire
 * seule : un complément (delta), ou les lignes d'une autre autorité (liste indirecte).
 */
export function readCrl(octets: Buffer): ListeRevocation | undefined {
  const [list, ...others] = elementsOf(octets) ?? [];
  if (list?.tag !== SEQUENCE || others.length > 0) return undefined;
  const [tbs, algorithm, signature] = elementsOf(list.content) ?? [];
  if (tbs?.tag !== SEQUENCE || !algorithm || !signature) return undefined;
  const fields = elementsOf(tbs.content);
  if (!fields) return undefined;
  const rows = rowsOf(fields);
  const emptied = sequenceOf(fields.filter((field) => field !== rows));
  const light = sequenceOf([{ tag: SEQUENCE, raw: emptied, content: emptied }, algorithm, signature]);
  const pki = build(CertificateRevocationList, readBounded(light, NODES_MAX));
  const lignes = rows ? numbered(rows) : new Map<string, Buffer>();
  return pki && lignes && isWhole(pki) ? { pki, tbs: tbs.raw, lignes } : undefined;
}

/** Les lignes viennent après les dates, et sont la seule SEQUENCE à cet endroit. */
function rowsOf(fields: readonly Tlv[]): Tlv | undefined {
  const lastTime = fields.findLastIndex(({ tag }) => TIMES.includes(tag));
  const next = fields[lastTime + 1];
  return lastTime >= 0 && next?.tag === SEQUENCE ? next : undefined;
}

function numbered(rows: Tlv): ReadonlyMap<string, Buffer> | undefined {
  const lignes = new Map<string, Buffer>();
  for (const { tag, raw, content } of elementsOf(rows.content) ?? []) {
    const size = content[1] ?? 0xff;
    if (tag !== SEQUENCE || content[0] !== INTEGER || size > 0x7f || content.byteLength < 2 + size)
      return undefined;
    lignes.set(content.toString('hex', 2, 2 + size), raw);
  }
  return lignes;
}

/** Une extension critique que nous n'appliquons pas interdit d'employer la liste (RFC 5280 §5.2). */
function isWhole({ crlExtensions }: CertificateRevocationList): boolean {
  return (crlExtensions?.extensions ?? []).every(({ extnID, critical, parsedValue }) => {
    if (extnID === OID.deltaCrlIndicator) return false;
    if (extnID === OID.issuingDistributionPoint)
      return parsedValue instanceof IssuingDistributionPoint && !parsedValue.indirectCRL;
    return !critical;
  });
}

/** La ligne d'un certificat, par son numéro de série. */
export function rowOf({ lignes }: ListeRevocation, numeroSerie: Uint8Array): RevokedCertificate | undefined {
  const ligne = lignes.get(Buffer.from(numeroSerie).toString('hex'));
  return ligne && build(RevokedCertificate, readBounded(ligne, NODES_MAX));
}
