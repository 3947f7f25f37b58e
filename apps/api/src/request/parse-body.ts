import { frenchFault } from '@teletransmission/config';
import { ProblemException } from '@teletransmission/http-problems';
import type { Violation } from '@teletransmission/kernel';
import { excerptOf, firstViolations, unknownFields } from '@teletransmission/kernel';
import { problems } from '@teletransmission/teletransmission';
import type { z } from 'zod';

function violationsOf(error: z.ZodError, unknown: string): readonly Violation[] {
  return firstViolations(
    error.issues.flatMap((issue) => {
      const pointer = issue.path.map((part) => `/${excerptOf(String(part))}`).join('');
      if (issue.code === 'unrecognized_keys')
        return unknownFields(issue.keys, pointer, (name) => `${unknown} « ${name} ».`);
      return [{ pointer, code: `dossier/${issue.code.replaceAll('_', '-')}`, detail: issue.message }];
    }),
  );
}

/** Lit un corps JSON. @throws ProblemException `http/malformed` avec toutes les fautes et leurs pointeurs. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {}, { error: frenchFault });
  if (parsed.success) return parsed.data;
  throw new ProblemException({
    code: 'http/malformed',
    detail: 'Le corps de la demande est à corriger.',
    violations: violationsOf(parsed.error, 'Champ inconnu :'),
  });
}

/** Lit les critères d'une adresse. @throws ProblemException `search/invalid` avec toutes les fautes. */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query ?? {}, { error: frenchFault });
  if (parsed.success) return parsed.data;
  throw new ProblemException(problems.invalidSearch(violationsOf(parsed.error, 'Critère inconnu :')));
}
