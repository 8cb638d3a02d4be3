-- Lets a journal that has lost events go on, above every version that was seen before the loss.
--
-- KEYS[1]  the journal: a stream whose entry ids are "<version>-0"
-- KEYS[2]  the halt, which is lifted
-- KEYS[3]  the snapshot, which may tell of what was lost: it is dropped
-- ARGV[1]  the head that people were shown, 0 for an empty journal
-- ARGV[2]  the highest version that was seen
-- ARGV[3]  the event that stands in the place of each lost one, as JSON
--
-- Replies  {"resumed", head} or {"conflict", head}: the head is not ARGV[1] any more

local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local head = last and tonumber(string.match(last[1], '^%d+')) or 0
if head ~= tonumber(ARGV[1]) then
  return { 'conflict', head }
end
repeat
  head = head + 1
  redis.call('XADD', KEYS[1], string.format('%.0f-0', head), 'e', ARGV[3])
until head > tonumber(ARGV[2])
redis.call('DEL', KEYS[2], KEYS[3])
return { 'resumed', head }
