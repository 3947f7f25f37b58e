import type { FastifyInstance } from 'fastify';

/** Ce qu'on laisse à un client pour lire un refus tombé avant la fin de son envoi. */
const LINGER_MS = 10_000;

/**
 * Un refus peut partir alors que le client envoie encore. Couper aussitôt lui ferait perdre la réponse ; ne plus lire laisserait la
 * connexion ouverte pour toujours. On lit donc dans le vide, un moment, puis on coupe.
 */
export function lingerAfterRefusal(instance: FastifyInstance): void {
  instance.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.readableEnded && !raw.destroyed) {
      raw.unpipe();
      raw.resume();
      const tooLate = setTimeout(() => raw.socket.destroy(), LINGER_MS).unref();
      const settle = (): void => {
        clearTimeout(tooLate);
      };
      raw.once('end', settle);
      raw.once('close', settle);
      // Un client qui raccroche ici ne nous apprend plus rien ; sans écouteur, il finirait le processus.
      raw.on('error', () => undefined);
    }
    done();
  });
}
