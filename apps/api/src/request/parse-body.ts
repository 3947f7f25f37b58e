import { frenchFault } from '@teletransmission/config';
import { ProblemException } from '@teletransmission/http-problems';
import type { Violation } from '@teletransmission/kernel';
import { problems } from '@teletransmission/teletransmission';
import type { z } from 'zod';

function violationOf(issue: z.core.$ZodIssue, unknown: string): readonly Violation[] {
  const path = issue.path.map((part) => `/${String(part)}`).join('');
  const code = `dossier/${issue.code.replaceAll('_', '-')}`;
  if (issue.code !== 'unrecognized_keys') return [{ pointer: path, code, detail: issue.message }];
  return issue.keys.map((key) => ({
    pointer: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    code: 'dossier/unknown-field',
    detail: `${unknown} « ${key} ».`,
  }));
}

/** Lit un corps JSON. @throws ProblemException `http/malformed` avec toutes les fautes et leurs pointeurs. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {}, { error: frenchFault });
  if (parsed.success) return parsed.data;
  throw new ProblemException({
    code: 'http/malformed',
    detail: 'Le corps de la demande est à corriger.',
    violations: parsed.error.issues.flatMap((issue) => violationOf(issue, 'Champ inconnu :')),
  });
}

/** Lit les critères d'une adresse. @throws ProblemException `search/invalid` avec toutes les fautes. */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query ?? {}, { error: frenchFault });
  if (parsed.success) return parsed.data;
  throw new ProblemException(
    problems.invalidSearch(parsed.error.issues.flatMap((issue) => violationOf(issue, 'Critère inconnu :'))),
  );
}
