/** Le code d'une erreur, pour le journal ; jamais son message, qui peut citer un contenu. */
export function errorCodeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'inconnu';
}
