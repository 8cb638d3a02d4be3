-- Hands out the presence leases that have lapsed, to one caller at a time.
--
-- KEYS[1]  a briefing's leases: a sorted set of claims by the millisecond they lapse at
-- ARGV[1]  for how long the caller is left alone with them, in milliseconds: a claim that is not
--          removed by then is handed out again, so that a caller's death loses nothing
-- ARGV[2]  how many at most
--
-- Replies  the lapsed claims, "<seat> <connection>", the longest lapsed first

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lapsed = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])
for _, claim in ipairs(lapsed) do
  redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now + ARGV[1]), claim)
end
return lapsed
