import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { OurBook } from '../faults/our-book';
import type { OwnInstance } from '../processes/own-instance';

/**
 * La copie d'un outil qui n'est pas le nôtre : les fichiers de la base, pris d'un coup sous le service, puis ceux des documents. Nos
 * processus y perdent leurs connexions, comme quand on fige un disque, et les rouvrent.
 */
export class OutsideCopy {
  private readonly folder: string;

  constructor(private readonly service: OwnInstance) {
    this.folder = path.join(service.folder, 'copie-des-documents');
  }

  /** @returns l'instant de la copie */
  async take(): Promise<string> {
    const { name, administrator } = await this.open();
    await administrator.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    await administrator.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
    );
    await administrator.query(`CREATE DATABASE "${name}_copie" TEMPLATE "${name}" STRATEGY FILE_COPY`);
    await administrator.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
    const [row] = await administrator.query<{ le: Date }>('SELECT clock_timestamp() AS le');
    await administrator.close();
    await rm(this.folder, { recursive: true, force: true });
    await cp(path.join(this.service.folder, 'stockage'), this.folder, { recursive: true });
    return (row?.le ?? new Date()).toISOString();
  }

  /** Rend la copie, base et documents, à la place de ce qui est perdu. */
  async putBack(): Promise<void> {
    const { name, administrator } = await this.open();
    await administrator.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await administrator.query(`CREATE DATABASE "${name}" TEMPLATE "${name}_copie" STRATEGY FILE_COPY`);
    await administrator.close();
    await cp(this.folder, path.join(this.service.folder, 'stockage'), { recursive: true });
  }

  private async open(): Promise<{ readonly name: string; readonly administrator: OurBook }> {
    const url = new URL(this.service.databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    return { name, administrator: await OurBook.open(url.href) };
  }
}
