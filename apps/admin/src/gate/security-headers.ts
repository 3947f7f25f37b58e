const DESK_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** bull-board est une application de navigateur : ses scripts viennent d'ici, et ses styles s'écrivent dans les éléments. */
const BOARD_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Les en-têtes de toute réponse. Pas de HSTS : c'est à qui termine HTTPS de le promettre. */
export function securityHeaders(isBoard: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': isBoard ? BOARD_POLICY : DESK_POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // « same-origin » et non « no-referrer » : celui-ci vide aussi l'en-tête Origin des formulaires, que nous vérifions.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cache-control': 'no-store',
  };
}
