import type { IncomingHttpHeaders, Server } from 'node:http';

/** Une API de comédie ; voir `fake-api.cjs`. */
export function createFakeApi(options?: {
  memory?: string;
  ending?: 'exécutoire' | 'retenue' | 'silence';
  pageSize?: number;
  alteredArchive?: boolean;
}): {
  server: Server;
  deposits: { form: FormData; headers: IncomingHttpHeaders }[];
  identifiantActe: string;
};
