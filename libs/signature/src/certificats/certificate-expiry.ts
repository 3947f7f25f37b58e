import type { X509Certificate } from 'node:crypto';
import type { CivilDate, Instant, TimeZone } from '@teletransmission/kernel';
import { civilDateAt, daysBetween, EUROPE_PARIS, frenchDate } from '@teletransmission/kernel';
import { certificatOf } from './certificat';
import { checkValidity } from './check-certificat';

/** Où en est un certificat un jour donné, et ce qu'il faut en dire à ceux qui l'emploient. */
export interface CertificateExpiry {
  readonly etat: 'valable' | 'bientot-expire' | 'expire' | 'pas-encore-valable';
  readonly validAu: Instant;
  /** Le dernier jour où il signe, dans le fuseau demandé. */
  readonly dernierJour: CivilDate;
  /** Négatif une fois expiré. */
  readonly joursRestants: number;
  /** Une phrase pour les personnes ; absente quand il n'y a rien à faire. */
  readonly avis?: string;
}

/** Obtenir un certificat de signature demande des semaines : pièces, remise en mains propres. */
export const EXPIRY_WARNING_DAYS = 60;

/** Dit où en est un certificat, et prévient `warningDays` jours avant qu'il n'expire. */
export function certificateExpiry(
  certificat: X509Certificate,
  at: Instant,
  { warningDays = EXPIRY_WARNING_DAYS, zone = EUROPE_PARIS }: { warningDays?: number; zone?: TimeZone } = {},
): CertificateExpiry {
  const lu = certificatOf(certificat);
  const dernierJour = civilDateAt(lu.validAu, zone);
  const joursRestants = daysBetween(civilDateAt(at, zone), dernierJour);
  const facts = { validAu: lu.validAu, dernierJour, joursRestants };
  const [faute] = checkValidity(lu, at);
  if (faute) {
    const etat = faute.code === 'signature/certificate-expired' ? 'expire' : 'pas-encore-valable';
    return { etat, ...facts, avis: faute.detail };
  }
  if (joursRestants > warningDays) return { etat: 'valable', ...facts };
  const delai =
    joursRestants === 0 ? 'aujourd’hui' : `dans ${joursRestants} jour${joursRestants > 1 ? 's' : ''}`;
  return {
    etat: 'bientot-expire',
    ...facts,
    avis: `Le certificat de « ${lu.nom} » expire ${delai}, le ${frenchDate(dernierJour)} : demandez dès maintenant son renouvellement.`,
  };
}
