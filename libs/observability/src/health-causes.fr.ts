/**
 * Ce que veut dire le code d'une dépendance qui manque. Un code est le mot de qui a refusé : celui de Redis (`READONLY`), celui de PostgreSQL
 * (SQLSTATE, « Appendix A »), celui du système (`ENOSPC`), ou un des nôtres. Jamais un message, qui peut citer une adresse ou un secret.
 */
const CAUSES: readonly (readonly [code: RegExp, cause: string])[] = [
  [/^health\/timeout$/, 'ne répond pas à temps'],
  [/^health\/skew$/, 'son horloge et la nôtre ne s’accordent pas'],
  [/^READONLY$/, 'Redis est en lecture seule : c’est une réplique, ou on l’a fait telle'],
  [/^OOM$/, 'Redis est plein (maxmemory) et n’efface rien de lui-même : donnez-lui de la place'],
  [/^MISCONF$/, 'Redis n’arrive plus à s’enregistrer sur son disque, et refuse d’écrire : regardez sa place'],
  [/^(NOAUTH|WRONGPASS)$/, 'Redis refuse le mot de passe, ou en veut un'],
  [/^NOPERM$/, 'Redis n’accorde pas ce droit à ce compte'],
  [/^LOADING$/, 'Redis relit ses données, et répondra ensuite'],
  [/^NOREPLICAS$/, 'Redis refuse d’écrire sans ses répliques'],
  [/^(MASTERDOWN|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|BUSY)$/, 'Redis est là, et ne peut pas servir'],
  [
    /^25006$/,
    'PostgreSQL est en lecture seule : une réplique, ou un réglage (default_transaction_read_only)',
  ],
  [/^28/, 'PostgreSQL refuse le rôle ou son mot de passe'],
  [/^3D000$/, 'cette base n’existe pas'],
  [/^42501$/, 'le rôle du service n’a pas ce droit : « base migrer » les lui donne'],
  [/^53100$/, 'le disque de PostgreSQL est plein'],
  [/^53200$/, 'PostgreSQL manque de mémoire'],
  [/^53300$/, 'PostgreSQL n’admet pas plus de connexions'],
  [/^57P0[123]$/, 'PostgreSQL démarre ou s’arrête'],
  [/^(58|XX)/, 'PostgreSQL n’arrive plus à lire ou à écrire ses fichiers'],
  [/^(ENOSPC|EDQUOT)$/, 'le disque est plein'],
  [/^EROFS$/, 'le disque est en lecture seule'],
  [/^(EACCES|EPERM)$/, 'ce compte n’a pas le droit d’y écrire'],
  [/^EFBIG$/, 'le système borne la taille des fichiers'],
  [/^EIO$/, 'le disque rend des erreurs'],
  [/^(ECONNREFUSED|ENOENT)$/, 'rien ne répond à cette adresse'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'ce nom de machine ne se résout pas'],
  [/^(ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'la liaison se coupe'],
  [/^alerte\/travailleurs-absents$/, 'aucun travailleur ne se montre'],
  [/^alerte\/balayage-absent$/, 'la surveillance ne se fait plus'],
];

/** La cause en mots ; celle d'un code inconnu s'avoue. */
export function causeOf(code: string): string {
  return CAUSES.find(([known]) => known.test(code))?.[1] ?? 'ne répond pas, sans que la cause soit connue';
}
