import { z } from 'zod';
import { duration } from './duration';
import { queuePrefix, redisUrl } from './redis';

const MIO = 1024 * 1024;

const count = (defaut: number): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce.number('doit être un nombre entier, positif').int().positive().default(defaut);

/** Ce que les portes HTTP de l'API admettent de temps, de demandes et d'octets. Défauts : bien au-delà de ce qu'un logiciel honnête demande. */
export const portesConcern = z
  .object({
    API_ENTETES_MS: duration(10_000).describe(
      'Ce qu’une demande a pour donner ses en-têtes, en millisecondes ; au-delà, 408.',
    ),
    API_CORPS_PERIODE_MS: duration(10_000).describe(
      'Ce sur quoi le débit d’un corps se juge, en millisecondes.',
    ),
    API_CORPS_OCTETS_PAR_SECONDE: count(8_192).describe(
      'Le débit le plus lent d’un corps (défaut : 8 kio/s) ; plus lent, 408 et la connexion se ferme.',
    ),
    API_DEMANDES_PAR_MINUTE_COMPTE: count(12_000).describe(
      'Demandes par minute d’un même compte, tous processus ensemble ; au-delà, 429.',
    ),
    API_DEMANDES_PAR_MINUTE_ADRESSE: count(30_000).describe(
      'Demandes par minute d’une même adresse, jeton ou non ; une plateforme mutualisée n’en a qu’une.',
    ),
    API_OCTETS_EN_VOL_COMPTE: count(2_048 * MIO).describe(
      'Octets qu’un même compte envoie à la fois (défaut : 2 Gio, treize archives) ; au-delà, 429.',
    ),
    API_OCTETS_EN_VOL_ADRESSE: count(4_096 * MIO).describe(
      'Octets qu’une même adresse envoie à la fois (défaut : 4 Gio).',
    ),
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
  })
  .transform((env) => ({
    entetesMs: env.API_ENTETES_MS,
    corps: { periodeMs: env.API_CORPS_PERIODE_MS, octetsParSeconde: env.API_CORPS_OCTETS_PAR_SECONDE },
    demandesParMinute: {
      compte: env.API_DEMANDES_PAR_MINUTE_COMPTE,
      adresse: env.API_DEMANDES_PAR_MINUTE_ADRESSE,
    },
    octetsEnVol: { compte: env.API_OCTETS_EN_VOL_COMPTE, adresse: env.API_OCTETS_EN_VOL_ADRESSE },
    compteurs: { redisUrl: env.REDIS_URL ?? null, prefix: env.QUEUE_PREFIX },
  }));
