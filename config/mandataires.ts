import { isIP } from 'node:net';
import { z } from 'zod';

/** Une adresse, un réseau (`10.0.0.0/8`), ou un de ces trois mots. Le réseau de toutes les adresses (`/0`) croirait n'importe qui. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [host = '', bits, ...rest] = text.split('/');
  const version = isIP(host);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** De qui on croit l'adresse qu'il dit : sans cela, `X-Forwarded-For` n'est qu'un mot du demandeur. */
export const mandatairesConcern = z
  .object({
    MANDATAIRES_CONFIANCE: z
      .string()
      .default('')
      .transform((text) => text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])))
      .refine(
        (all) => all.every(isNetwork),
        'doit être une liste, séparée par des virgules, d’adresses, de réseaux (10.0.0.0/8) ou des mots loopback, linklocal, uniquelocal',
      )
      .describe(
        'Les mandataires (proxys) crus quand ils disent de quelle adresse vient une demande (X-Forwarded-For) ; absent : aucun.',
      ),
  })
  .transform((env): { readonly confiance: readonly string[] } => ({ confiance: env.MANDATAIRES_CONFIANCE }));
