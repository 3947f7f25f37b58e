import type { Instant } from '@teletransmission/kernel';
import { civilDateAt, epochMsOf, EUROPE_PARIS, frenchDate, instantOf } from '@teletransmission/kernel';
import type { Faute } from '../faute';
import { schemaOf, verifySignature } from '../certificats/algorithmes';
import type { Certificat } from '../certificats/certificat';
import { rowOf } from './read-crl';
import { revokedByResponse } from './read-ocsp';
import type { Revocations } from './revocations';

/**
 * La faute d'un certificat que son autorité dit révoqué à cet instant. Une seule preuve suffit, quoi qu'en disent les autres : une réponse
 * d'avant la révocation, gardée par son titulaire, ne l'efface pas. Sans preuve, rien n'est reproché.
 */
export async function checkRevocation(
  certificat: Certificat,
  emetteur: Certificat,
  revocations: Revocations,
  at: Instant,
): Promise<readonly Faute[]> {
  const dates = [
    ...revokedByLists(certificat, emetteur, revocations),
    ...(await revokedByResponses(certificat, emetteur, revocations, at)),
  ].filter((date) => date.getTime() <= epochMsOf(at));
  const [first] = dates.sort((a, b) => a.getTime() - b.getTime());
  if (!first) return [];
  const day = frenchDate(civilDateAt(instantOf(first.getTime()), EUROPE_PARIS));
  return [
    {
      code: 'signature/revoked',
      detail: `Le certificat de « ${certificat.nom} » a été révoqué le ${day} par « ${emetteur.nom} » : signez de nouveau avec un certificat en vigueur.`,
    },
  ];
}

function revokedByLists(
  { pki, x509 }: Certificat,
  emetteur: Certificat,
  { listes }: Revocations,
): readonly Date[] {
  const own = listes.filter(({ pki: liste }) => liste.issuer.isEqual(pki.issuer));
  return own.flatMap((liste) => {
    const ligne = rowOf(liste, pki.serialNumber.valueBlock.valueHexView);
    // La signature ne se vérifie que lorsqu'elle change quelque chose : un lot de listes ne coûte que leur lecture.
    if (!ligne || !emetteur.canSignCrl || !x509.checkIssued(emetteur.x509)) return [];
    const schema = schemaOf(liste.pki.signatureAlgorithm);
    if (schema === 'faible' || schema === 'inconnu') return [];
    const valeur = liste.pki.signatureValue.valueBlock.valueHexView;
    return verifySignature(schema, emetteur.cle, liste.tbs, valeur) ? [ligne.revocationDate.value] : [];
  });
}

async function revokedByResponses(
  certificat: Certificat,
  emetteur: Certificat,
  { reponses }: Revocations,
  at: Instant,
): Promise<readonly Date[]> {
  const dates: Date[] = [];
  for (const reponse of reponses) {
    const date = await revokedByResponse(reponse, certificat, emetteur, at);
    if (date) dates.push(date);
  }
  return dates;
}
