import { z } from 'zod';
import { address, secret } from './address';
import { isProduction, nodeEnv } from './production';

/** La base telle que le service la sert : sous un rôle qui n'a que ce qu'il lui faut. */
export const databaseConcern = z
  .object({
    DATABASE_URL: secret(
      address(['postgres://', 'postgresql://']),
      'La base PostgreSQL, seule vérité du service, sous le rôle du service. Socket local : ?host=/dossier.',
    ),
    DATABASE_POOL: z.coerce
      .number('doit être un nombre de connexions')
      .int()
      .min(2)
      .max(100)
      .default(10)
      .describe('Connexions à la base, par processus.'),
    DATABASE_ROLE_UNIQUE: z
      .enum(['oui', 'non'], 'doit valoir oui ou non')
      .optional()
      .describe(
        'oui admet que le service se connecte en propriétaire de ses tables, le temps d’une mise à niveau (défaut : non en production).',
      ),
    NODE_ENV: nodeEnv,
  })
  .transform((env) => ({
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL,
    admitsOwner:
      env.DATABASE_ROLE_UNIQUE === undefined ? !isProduction(env) : env.DATABASE_ROLE_UNIQUE === 'oui',
  }));

/** La base sous le rôle qui la possède, et la met à niveau. */
export const proprietaireConcern = z
  .object({
    DATABASE_OWNER_URL: secret(
      address(['postgres://', 'postgresql://']).optional(),
      'La même base sous le rôle propriétaire : pour la console seule (base migrer, sauvegarder, restaurer).',
    ),
  })
  .transform((env) => ({ url: env.DATABASE_OWNER_URL ?? null }));
