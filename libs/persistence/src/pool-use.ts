import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** Les connexions d'une source ouverte : celles qui servent, celles qui attendent de servir, et qui en attend une. */
export function poolUse({ driver }: DataSource): {
  readonly occupees: number;
  readonly libres: number;
  readonly enAttente: number;
} {
  const { totalCount, idleCount, waitingCount } = (driver as unknown as { readonly master: Pool }).master;
  return { occupees: totalCount - idleCount, libres: idleCount, enAttente: waitingCount };
}
