import type { Result } from '@teletransmission/kernel';
import { unpackDebianPackages } from './debian-packages';

const REDIS = {
  required: ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'],
  optional: ['libatomic1', 'libssl3', 'libssl3t64', 'libsystemd0'],
  witness: ['usr', 'bin', 'redis-server'],
};

/** Ce qu'annonce le lanceur avant de se servir du réseau. */
export const DEBIAN_PACKAGES_TEXT = `paquets Debian ${REDIS.required.join(', ')} (1,4 Mo)`;

/** Prend Redis dans les paquets de la distribution et le déplie dans `folder` ; un refus dit en français ce qui a manqué. */
export function unpackRedisFromDebian(folder: string, signal?: AbortSignal): Promise<Result<string, string>> {
  return unpackDebianPackages(folder, REDIS, signal);
}
