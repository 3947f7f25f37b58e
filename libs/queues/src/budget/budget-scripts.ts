/**
 * Le partage du domaine (`shareBudget`), fait dans Redis en une fois pour que deux travailleurs ne prennent pas la même part. Un essai
 * commun tient les deux calculs d'accord. Une heure de départs se garde en clair ; le reste s'en déduit.
 *
 * departs  : ensemble trié, `transmission|tour|siren|octets` à sa date.
 * pris     : ce que l'ensemble totalise, par siren et pour tous (`*`), en actes (`a`) et en octets (`o`).
 * attentes : ensemble trié, `transmission|siren|octets` à la date où l'on n'y croit plus.
 * attentes:<siren> : les mêmes, d'une seule collectivité, pour y trouver un rang.
 * lignes   : les actes qui attendent, par siren (`n`), et ce que pèse le dernier (`o`).
 * amorce   : absente, Redis a tout perdu ou n'a jamais compté : la base doit le lui redire.
 */
export const TAKE_SCRIPT = `
local departs, pris, attentes, lignes, amorce = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now, acte, tour, siren, octets = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local maxActes, maxOctets = tonumber(ARGV[6]), tonumber(ARGV[7])
local heure, reserve, cede = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local court, patience, revient = tonumber(ARGV[11]), tonumber(ARGV[12]), ARGV[13] == '1'
if redis.call('EXISTS', amorce) == 0 then return {'inconnu', '0'} end

local function lu(cle, champ) return tonumber(redis.call('HGET', cle, champ) or '0') end
local function part(s) return math.max(lu(pris, 'a' .. s) / maxActes, lu(pris, 'o' .. s) / maxOctets) end

for _, depart in ipairs(redis.call('ZRANGEBYSCORE', departs, '-inf', now - heure)) do
  local s, o = depart:match('|(%d+)|(%d+)$')
  redis.call('HINCRBY', pris, 'a' .. s, -1)
  redis.call('HINCRBY', pris, 'o' .. s, -o)
  redis.call('HINCRBY', pris, 'a*', -1)
  redis.call('HINCRBY', pris, 'o*', -o)
end
redis.call('ZREMRANGEBYSCORE', departs, '-inf', now - heure)
for _, attente in ipairs(redis.call('ZRANGEBYSCORE', attentes, '-inf', now)) do
  local s = attente:match('|(%d+)|')
  redis.call('HINCRBY', lignes, 'n' .. s, -1)
  redis.call('ZREM', attentes .. ':' .. s, attente)
end
redis.call('ZREMRANGEBYSCORE', attentes, '-inf', now)

local depart = acte .. '|' .. tour .. '|' .. siren .. '|' .. ARGV[5]
local attente = acte .. '|' .. siren .. '|' .. ARGV[5]
local siens = attentes .. ':' .. siren
local enLigne = redis.call('ZSCORE', siens, attente)
if redis.call('ZSCORE', departs, depart) then return {'pris', '0'} end

local totalActes, totalOctets = lu(pris, 'a*'), lu(pris, 'o*')
local mienne, rang, sirens = part(siren), 0, 1
if enLigne then rang = redis.call('ZCOUNT', siens, '-inf', '(' .. enLigne) end
local devantActes, devantOctets = 0, 0
local champs = redis.call('HGETALL', lignes)
for index = 1, #champs, 2 do
  local s, n = champs[index]:match('^n(%d+)$'), tonumber(champs[index + 1])
  if s and n > 0 then
    if s == siren then
      if not enLigne and not revient then
        rang = n
        devantActes = devantActes + n
        devantOctets = devantOctets + n * lu(lignes, 'o' .. s)
      end
    else
      sirens = sirens + 1
      if part(s) < mienne then
        devantActes = devantActes + 1
        devantOctets = devantOctets + lu(lignes, 'o' .. s)
      end
    end
  end
end
local tient = totalActes + 1 + devantActes <= maxActes and totalOctets + octets + devantOctets <= maxOctets
local gardeActes, gardeOctets = 0, 0
if maxActes < math.huge then gardeActes = math.floor(maxActes * reserve) end
if maxOctets < math.huge then gardeOctets = math.floor(maxOctets * reserve) end
local laisse = totalActes + 1 <= maxActes - gardeActes and totalOctets + octets <= maxOctets - gardeOctets
if tient and (laisse or mienne <= reserve) then
  redis.call('ZADD', departs, now, depart)
  redis.call('HINCRBY', pris, 'a' .. siren, 1)
  redis.call('HINCRBY', pris, 'o' .. siren, octets)
  redis.call('HINCRBY', pris, 'a*', 1)
  redis.call('HINCRBY', pris, 'o*', octets)
  redis.call('ZREM', siens, attente)
  if redis.call('ZREM', attentes, attente) == 1 then redis.call('HINCRBY', lignes, 'n' .. siren, -1) end
  redis.call('PEXPIRE', departs, heure * 2)
  redis.call('PEXPIRE', pris, heure * 2)
  redis.call('PEXPIRE', amorce, heure * 2)
  return {'pris', '0'}
end

local pas = sirens * heure * math.max(1 / maxActes, octets / maxOctets)
local quand = now + math.min(pas, cede)
local tropActes, tropOctets = totalActes + 1 - maxActes, totalOctets + octets - maxOctets
if tropActes > 0 or tropOctets > 0 then
  quand = now + heure
  local anciens = redis.call('ZRANGE', departs, 0, -1, 'WITHSCORES')
  for index = 1, #anciens, 2 do
    tropActes = tropActes - 1
    tropOctets = tropOctets - tonumber(anciens[index]:match('|(%d+)$'))
    if tropActes <= 0 and tropOctets <= 0 then
      quand = tonumber(anciens[index + 1]) + heure
      break
    end
  end
end
quand = math.ceil(math.max(quand + rang * pas, now + court))
if not enLigne then
  redis.call('HINCRBY', lignes, 'n' .. siren, 1)
  redis.call('HSET', lignes, 'o' .. siren, octets)
end
redis.call('ZADD', attentes, quand + patience, attente)
redis.call('ZADD', siens, quand + patience, attente)
local vie = math.max(redis.call('PTTL', attentes), quand + patience - now + heure)
redis.call('PEXPIRE', attentes, vie)
redis.call('PEXPIRE', siens, vie)
redis.call('PEXPIRE', lignes, vie)
return {'attendre', string.format('%.0f', quand)}
`;

/** Redit à Redis les départs que la base connaît, sans compter deux fois ceux qu'il a déjà. */
export const SEED_SCRIPT = `
local departs, pris, amorce = KEYS[1], KEYS[2], KEYS[3]
local heure = tonumber(ARGV[1])
for index = 2, #ARGV, 2 do
  if redis.call('ZADD', departs, 'NX', ARGV[index + 1], ARGV[index]) == 1 then
    local s, o = ARGV[index]:match('|(%d+)|(%d+)$')
    redis.call('HINCRBY', pris, 'a' .. s, 1)
    redis.call('HINCRBY', pris, 'o' .. s, o)
    redis.call('HINCRBY', pris, 'a*', 1)
    redis.call('HINCRBY', pris, 'o*', o)
  end
end
redis.call('SET', amorce, '1', 'PX', heure * 2)
redis.call('PEXPIRE', departs, heure * 2)
redis.call('PEXPIRE', pris, heure * 2)
return 1
`;

/** Rend une part prise et non employée. */
export const GIVE_BACK_SCRIPT = `
local departs, pris = KEYS[1], KEYS[2]
if redis.call('ZREM', departs, ARGV[1]) == 1 then
  redis.call('HINCRBY', pris, 'a' .. ARGV[2], -1)
  redis.call('HINCRBY', pris, 'o' .. ARGV[2], -ARGV[3])
  redis.call('HINCRBY', pris, 'a*', -1)
  redis.call('HINCRBY', pris, 'o*', -ARGV[3])
end
return 1
`;
