import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readJson } from '@teletransmission/kernel';
import { problemException } from './problem-exception';

/** Tout corps JSON se lit strictement : un texte abîmé par un mauvais encodage ne doit pas revenir dans une réponse jouée. */
export function useStrictJson(app: NestFastifyApplication): void {
  app.useBodyParser('application/json', {}, (_request, body, done) => {
    const read = readJson(body, 'Le corps de la demande');
    if (read.ok) done(null, read.value);
    else done(problemException(400, { ...read.problem, code: 'simulateur/malformed-request' }));
  });
}
