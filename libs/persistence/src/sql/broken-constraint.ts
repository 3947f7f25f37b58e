import { QueryFailedError } from 'typeorm';

/** Nom de la contrainte d'unicité qu'une écriture a heurtée. */
export function brokenConstraint(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' ? (constraint ?? null) : null;
}
