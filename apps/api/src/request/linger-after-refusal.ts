import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

/** Ce qu'on laisse à un client pour lire un refus tombé avant la fin de son envoi. */
const LINGER_MS = 10_000;

/**
 * Un refus peut partir alors que le client envoie encore. Couper aussitôt lui ferait perdre la réponse ; ne plus lire laisserait la
 * connexion ouverte pour toujours. On lit donc dans le vide, un moment, puis on coupe.
 */
export function lingerAfterRefusal(instance: FastifyInstance): void {
  instance.addHook('onSend', ({ raw }, _reply, payload, done) => {
    if (!raw.readableEnded) closeGently(raw);
    done(null, payload);
  });
  instance.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.readableEnded && !raw.destroyed) {
      raw.unpipe();
      raw.resume();
      const tooLate = setTimeout(() => raw.socket.destroy(), LINGER_MS).unref();
      const settle = (): void => {
        clearTimeout(tooLate);
      };
      raw.once('end', () => {
        settle();
        // Tout est lu, et nous avons déjà fermé notre côté : il n'y a plus rien à attendre.
        if (raw.socket.writableEnded) raw.socket.destroy();
      });
      raw.once('close', settle);
      // Un client qui raccroche ici ne nous apprend plus rien ; sans écouteur, il finirait le processus.
      raw.on('error', () => undefined);
    }
    done();
  });
}

/**
 * Qui a demandé « Connection: close » verrait sa connexion détruite sitôt la réponse écrite, et le système, qui a encore de ses octets,
 * jetterait la réponse avec elle : on ne ferme alors que notre côté.
 */
function closeGently({ socket }: IncomingMessage): void {
  // L'injection d'un essai n'a pas de vraie connexion.
  if (typeof socket.destroySoon !== 'function') return;
  socket.destroySoon = () => {
    socket.end();
  };
}
