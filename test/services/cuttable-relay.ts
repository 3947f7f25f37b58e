import net from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** Un passage vers PostgreSQL que l'essai coupe quand il veut, comme une panne de réseau. */
export interface CuttableRelay {
  /** L'adresse de la base, par ce passage. */
  readonly url: string;
  /** Coupe les connexions et refuse les suivantes. */
  cut(): Promise<void>;
}

/** Ouvre un passage TCP vers la base donnée, qu'elle soit sur une prise locale ou sur un port. */
export async function openCuttableRelay(databaseUrl: string): Promise<CuttableRelay> {
  const target = new URL(databaseUrl);
  const socketFolder = target.searchParams.get('host');
  const port = Number(target.port === '' ? 5432 : target.port);
  const connections = new Set<net.Socket>();
  const server = net.createServer((inner) => {
    const outer =
      socketFolder === null
        ? net.connect(port, target.hostname)
        : net.connect(path.join(socketFolder, `.s.PGSQL.${port}`));
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      connections.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        connections.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const one of connections) one.destroy();
      }),
  };
}
