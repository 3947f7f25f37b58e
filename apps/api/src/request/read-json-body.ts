import { ProblemException } from '@teletransmission/http-problems';
import { readJson } from '@teletransmission/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Un dossier de deux cents annexes a moins de mille valeurs ; chacune coûte à lire, à juger et à hacher. */
const VALUES_MAX = 5_000;

/**
 * Lit le JSON d'une demande.
 * @param quoi ce qu'on lit, qui commence la phrase du refus
 * @throws ProblemException `http/malformed`, dont `cause` dit le refus de la lecture, et `ligne`, `colonne`, `position` et `encodage` la place
 */
export function readJsonBody(bytes: Uint8Array, quoi: string): unknown {
  const read = readJson(bytes, quoi, VALUES_MAX);
  if (read.ok) return read.value;
  const { code: cause, facts, ...problem } = read.problem;
  throw new ProblemException({ ...problem, code: 'http/malformed', facts: { ...facts, cause } });
}

/** Tout corps JSON passe par notre lecteur : celui du cadre remplace en silence ce qui n'est pas de l'UTF-8, et parle anglais. */
export function useStrictJson(app: NestFastifyApplication, bodyLimit: number): void {
  app.useBodyParser('application/json', { bodyLimit }, (_request, body, done) => {
    try {
      done(null, readJsonBody(body, 'Le corps de la demande'));
    } catch (error) {
      done(error as Error);
    }
  });
}
