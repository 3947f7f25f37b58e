import { Redis } from 'ioredis';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

function connectTo(url: string): net.Socket {
  if (url.startsWith('unix:')) return net.connect(url.slice('unix:'.length));
  const { hostname, port } = new URL(url);
  return net.connect(Number(port || 6379), hostname);
}

/** Un passage vers le Redis des essais, que l'on coupe, fige et rétablit sans gêner les autres suites. */
export class RedisProxy {
  readonly url: string;
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'passage-'));
  private readonly pairs = new Set<readonly [net.Socket, net.Socket]>();
  private server: net.Server | null = null;
  private isFrozen = false;

  constructor(private readonly target = process.env['TEST_REDIS_URL'] ?? '') {
    this.url = `unix:${path.join(this.folder, 'redis.sock')}`;
  }

  async restore(): Promise<void> {
    this.isFrozen = false;
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
    if (this.server) return;
    this.server = net.createServer((client) => {
      this.join(client);
    });
    this.server.listen(this.url.slice('unix:'.length));
    await once(this.server, 'listening');
  }

  /** Redis disparaît : connexions coupées, nouvelles refusées. */
  async cut(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  /** Redis garde ses connexions et ne répond plus. */
  freeze(): void {
    this.isFrozen = true;
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  async close(): Promise<void> {
    await this.cut();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private join(client: net.Socket): void {
    const redis = connectTo(this.target);
    const pair = [client, redis] as const;
    this.pairs.add(pair);
    for (const [from, to] of [pair, [redis, client] as const]) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
      if (this.isFrozen) from.pause();
    }
  }
}

/** Redis a tout perdu de ces files, comme après un `FLUSHALL`, et rien des files des autres. */
export async function forgetEverything(prefix: string): Promise<void> {
  const url = process.env['TEST_REDIS_URL'] ?? '';
  const redis = url.startsWith('unix:') ? new Redis({ path: url.slice('unix:'.length) }) : new Redis(url);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
  await redis.quit();
}
