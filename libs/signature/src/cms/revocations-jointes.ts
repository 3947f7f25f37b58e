import type { Noeud } from '../asn1/der';
import { childrenOf, derOf, isContext, isOid, isType } from '../asn1/der';
import { OID } from '../asn1/oids';
import { readCrl } from '../revocations/read-crl';
import { readOcsp } from '../revocations/read-ocsp';
import type { Revocations } from '../revocations/revocations';
import type { Preuves } from './take-apart';

/** Une chaîne en demande une par certificat. */
const PREUVES_MAX = 32;

/** Les preuves de révocation qu'une signature emporte ; celles qui ne se lisent pas ne comptent pas. */
export function revocationsOf({ listes, attributs }: Preuves): Revocations {
  const values = attributs.flatMap(valuesOf);
  const crls = [...listes.filter((noeud) => isType(noeud, 'SEQUENCE')), ...values.flatMap(inside(0))];
  const ocsps = [...listes.flatMap(ocspOf), ...values.flatMap(inside(1))];
  return {
    listes: crls.slice(0, PREUVES_MAX).flatMap((noeud) => readCrl(derOf(noeud)) ?? []),
    reponses: ocsps.slice(0, PREUVES_MAX).flatMap((noeud) => readOcsp(derOf(noeud)) ?? []),
  };
}

/** Un `OtherRevocationInfoFormat` qui porte une réponse OCSP. */
function ocspOf(noeud: Noeud): readonly Noeud[] {
  const [format, reponse] = childrenOf(noeud);
  return isContext(noeud, 1) && isOid(format, OID.ocspInCms) && reponse ? [reponse] : [];
}

/** Les valeurs d'un attribut de révocation, celui de CAdES ou celui d'Adobe : de même forme. */
function valuesOf(attribut: Noeud): readonly Noeud[] {
  const [type, valeurs] = childrenOf(attribut);
  const isOurs = isOid(type, OID.revocationValues) || isOid(type, OID.adobeRevocations);
  return isOurs ? childrenOf(valeurs) : [];
}

/** Les listes sont sous `[0]`, les réponses OCSP sous `[1]`. */
function inside(numero: number): (valeur: Noeud) => readonly Noeud[] {
  return (valeur) => childrenOf(childrenOf(childrenOf(valeur).find((champ) => isContext(champ, numero)))[0]);
}
