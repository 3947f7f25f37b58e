/** Compte une demande de plus dans sa fenêtre, qui commence à la première. @returns combien, et ce qu'il reste de la fenêtre en ms */
export const INCREMENT_SCRIPT = `
local current = redis.call('INCR', KEYS[1])
if current == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {current, redis.call('PTTL', KEYS[1])}
`;

/**
 * Retient des octets en vol, ou refuse. Chaque demande y est à l'heure où l'on n'y croit plus, l'heure de Redis : un processus tué ne les
 * retient pas pour toujours. Seule, une demande passe quoi qu'elle pèse : sa taille a ses propres bornes.
 */
export const HOLD_SCRIPT = `
local now = tonumber(redis.call('TIME')[1]) * 1000
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local held = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  held = held + tonumber(member:match('|(%d+)$'))
end
if held > 0 and held + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[4]), ARGV[1] .. '|' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`;
