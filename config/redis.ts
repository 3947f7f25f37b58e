import { z } from 'zod';
import { address, secret } from './address';

/** L'adresse du Redis : celle des files, et des compteurs que les processus de l'API partagent. */
export const redisUrl = secret(
  address(['redis://', 'rediss://', 'unix:']).optional(),
  'Le Redis des files : redis://:motdepasse@hôte:6379 ou unix:/chemin. Il peut tout perdre.',
);

export const queuePrefix = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'minuscules, chiffres et tirets')
  .default('teletransmission')
  .describe('Préfixe des clés : un par environnement sur un même Redis.');
