-- Makes or renews presence leases by Redis's own clock.
--
-- KEYS[1]   a briefing's leases: a sorted set of claims by the millisecond they lapse at
-- ARGV[1]   how long they hold from now, in milliseconds
-- ARGV[2]   GT to make or lengthen them, NX to make only those that are not there
-- ARGV[3..] the claims, "<seat> <connection>"
--
-- Replies   the millisecond at which these lapse

local time = redis.call('TIME')
local lapse = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1])
for i = 3, #ARGV do
  redis.call('ZADD', KEYS[1], ARGV[2], lapse, ARGV[i])
end
return lapse
