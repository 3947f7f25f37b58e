import type { Instant } from '@teletransmission/kernel';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { hasPendingMigrations, migrate } from '../migrate';
import { appliedMigrations } from './catalogue';
import { SauvegardeFailure } from './manifest';
import { markRestored } from './mark-restored';

/** Une reprise commencée, ou celle de la même image, finie plus tôt, et ce qu'elle avait trouvé. */
export type BegunReprise =
  | { readonly kind: 'begun'; readonly markerId: string }
  | { readonly kind: 'done'; readonly bilan: Readonly<Record<string, unknown>> };

/** Ce que dit d'elle-même la marque d'une reprise, dans son bilan : une restauration des nôtres ne le porte pas. */
export const ORIGINE_IMAGE = { origine: 'image' } as const;

/** Les noms sous lesquels nos processus se montrent à PostgreSQL. */
const SERVING = ['api', 'worker', 'bureau'];

interface Marker {
  readonly id: string;
  readonly image_du: Date;
  readonly finie_le: Date | null;
  readonly bilan: Readonly<Record<string, unknown>> | null;
}

/**
 * Commence la reprise d'une base qu'un autre outil a rendue (copie physique, `pg_dump`, instantané d'un disque) : la marque, qui empêche
 * tout processus de la servir, puis l'image sur tout ce qu'elle porte d'inachevé. Interrompue, elle se refait ; finie, elle le dit.
 * @throws SauvegardeFailure quand la base sert, a servi depuis l'image, est vide, ou se restaure déjà.
 */
export async function beginReprise(dataSource: DataSource, imageDu: Instant): Promise<BegunReprise> {
  await refuseEmpty(dataSource);
  if (await hasPendingMigrations(dataSource)) await migrate(dataSource);
  await refuseServed(dataSource);
  const markers: Marker[] = await dataSource.query('SELECT id, image_du, finie_le, bilan FROM restaurations');
  const own = markers.filter(({ bilan }) => bilan?.['origine'] === ORIGINE_IMAGE.origine);
  const isOfImage = ({ image_du }: Marker): boolean => image_du.getTime() === Date.parse(imageDu);
  const open = markers.find(({ finie_le }) => finie_le === null);
  if (open) {
    if (!own.includes(open) || !isOfImage(open)) throw otherBegun(open, own.includes(open));
    await markRestored(dataSource, { imageDu });
    return { kind: 'begun', markerId: open.id };
  }
  const done = own.find(isOfImage);
  if (done) return { kind: 'done', bilan: done.bilan ?? {} };
  await refuseWritten(dataSource, imageDu);
  const markerId = randomUUID();
  await dataSource.transaction(async (manager) => {
    await manager.query(
      'INSERT INTO restaurations (id, image_du, commencee_le, bilan) VALUES ($1, $2, clock_timestamp(), $3)',
      [markerId, imageDu, JSON.stringify(ORIGINE_IMAGE)],
    );
    // Une session fermée depuis l'image y vit encore.
    await manager.query('DELETE FROM sessions');
  });
  await markRestored(dataSource, { imageDu });
  return { kind: 'begun', markerId };
}

async function refuseEmpty(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    if ((await appliedMigrations(runner)).length > 0) return;
  } finally {
    await runner.release();
  }
  throw new SauvegardeFailure(
    'restauration/empty',
    'Cette base est vide : rendez-y d’abord votre copie, puis relancez « reprendre ».',
  );
}

async function refuseServed(dataSource: DataSource): Promise<void> {
  const serving: { nom: string }[] = await dataSource.query(
    `SELECT DISTINCT application_name AS nom FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = ANY($1) ORDER BY 1`,
    [SERVING],
  );
  if (serving.length === 0) return;
  throw new SauvegardeFailure(
    'restauration/still-served',
    `Le service tourne sur cette base (${serving.map(({ nom }) => nom).join(', ')}) : arrêtez-le, puis relancez « reprendre ».`,
  );
}

/** Une écriture d'après l'image dit qu'on se trompe de date, ou que le service a repris sans attendre : rien ne se devine. */
async function refuseWritten(dataSource: DataSource, imageDu: Instant): Promise<void> {
  const [last]: { le: Date | null }[] = await dataSource.query(
    'SELECT max(instant) AS le FROM audit_entries',
  );
  if (!last?.le || last.le.getTime() <= Date.parse(imageDu)) return;
  throw new SauvegardeFailure(
    'restauration/written-since',
    `Le journal de cette base va jusqu’au ${last.le.toISOString()}, après l’image que vous dites : donnez l’instant où la copie s’est faite. Si c’est bien le sien, le service a repris depuis : rendez la copie de nouveau avant de reprendre.`,
  );
}

function otherBegun({ image_du }: Marker, isOwn: boolean): SauvegardeFailure {
  const detail = isOwn
    ? `Une reprise de l’image du ${image_du.toISOString()} n’est pas finie : relancez « reprendre » avec cette date.`
    : 'Une restauration de cette base n’est pas finie : relancez « restaurer » avec la même sauvegarde.';
  return new SauvegardeFailure('restauration/unfinished', detail);
}
