/** Le mot par lequel Redis commence un refus : `READONLY`, `OOM`, `WRONGPASS`… Ce qui le suit, pour une personne, peut citer une clé. */
const REDIS_WORD = /^([A-Z]{2,20})(?= |$)/;

/** Le code d'une erreur, pour le journal : celui du système, le mot de Redis, ou à défaut son nom ; jamais son message, qui peut citer un contenu. */
export function errorCodeOf(error: unknown): string {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  const word =
    name === 'ReplyError' && typeof message === 'string' ? REDIS_WORD.exec(message)?.[1] : undefined;
  return word ?? (typeof name === 'string' ? name : 'inconnu');
}
