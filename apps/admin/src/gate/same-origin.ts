import type { IncomingHttpHeaders } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Vrai si la demande ne peut rien changer, ou si elle vient d'une page du bureau lui-même. Le navigateur le dit par
 * `Sec-Fetch-Site`, ou à défaut par `Origin` ; quand il ne dit rien, la demande est refusée.
 */
export function isSameOrigin(method: string, headers: IncomingHttpHeaders): boolean {
  if (SAFE_METHODS.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
