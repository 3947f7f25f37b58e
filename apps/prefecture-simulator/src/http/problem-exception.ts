import { HttpException } from '@nestjs/common';
import type { Problem } from '@teletransmission/kernel';
import type { z } from 'zod';

/** Refuse une requête avec un statut HTTP et un refus codé, en français. */
export function problemException(status: number, problem: Problem, cause?: unknown): HttpException {
  return new HttpException({ ...problem }, status, { cause });
}

/** Lit un corps ou des paramètres avec leur schéma, ou refuse par 400 en disant toutes les fautes. */
export function parseOrRefuse<T>(schema: z.ZodType<T>, lu: unknown): T {
  const resultat = schema.safeParse(lu);
  if (resultat.success) return resultat.data;
  const violations = resultat.error.issues.map((issue) => ({
    pointer: issue.path.length === 0 ? '' : `/${issue.path.join('/')}`,
    code: issue.code,
    detail: issue.message,
  }));
  const detail = 'La demande est mal formée ; corriger les points signalés.';
  throw problemException(400, { code: 'simulateur/malformed-request', detail, violations });
}
