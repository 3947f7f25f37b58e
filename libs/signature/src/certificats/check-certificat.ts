import type { Instant } from '@teletransmission/kernel';
import { civilDateAt, EUROPE_PARIS, frenchDate } from '@teletransmission/kernel';
import { ecartOfKey } from './algorithmes';
import type { Faute } from '../faute';
import type { Certificat } from './certificat';

const day = (instant: Instant): string => frenchDate(civilDateAt(instant, EUROPE_PARIS));

/** Les fautes de validité d'un certificat à cet instant : pas encore valable, ou expiré. */
export function checkValidity({ nom, validDu, validAu }: Certificat, at: Instant): readonly Faute[] {
  if (at > validAu) {
    return [
      {
        code: 'signature/certificate-expired',
        detail: `Le certificat de « ${nom} » a expiré le ${day(validAu)} : faites-le renouveler, puis signez de nouveau.`,
      },
    ];
  }
  if (at >= validDu) return [];
  return [
    {
      code: 'signature/certificate-not-yet-valid',
      detail: `Le certificat de « ${nom} » n'est valable qu'à partir du ${day(validDu)} : signez à partir de ce jour.`,
    },
  ];
}

/** La faute d'une clé trop faible ou d'une sorte que nous ne vérifions pas. */
export function checkKey({ nom, cle }: Certificat): readonly Faute[] {
  const ecart = ecartOfKey(cle);
  if (!ecart) return [];
  if (ecart === 'faible') {
    return [
      {
        code: 'signature/weak-algorithm',
        detail: `La clé du certificat de « ${nom} » est trop faible : il faut RSA d'au moins 2048 bits, ou ECDSA.`,
      },
    ];
  }
  return [
    {
      code: 'signature/unsupported-algorithm',
      detail: `La clé du certificat de « ${nom} » n'est pas d'une sorte admise (RSA de 2048 à 8192 bits, ECDSA).`,
    },
  ];
}

/** La faute d'un certificat dont l'usage n'est pas de signer des documents. */
export function checkUsage({ nom, canSign }: Certificat): readonly Faute[] {
  if (canSign) return [];
  return [
    {
      code: 'signature/wrong-usage',
      detail: `Le certificat de « ${nom} » n'est pas fait pour signer : employez un certificat de signature.`,
    },
  ];
}
