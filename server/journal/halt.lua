-- Halts a journal that has lost what a server has seen, unless people have accepted the loss.
--
-- KEYS[1]  the journal: a stream whose entry ids are "<version>-0"
-- KEYS[2]  the halt: a stream whose last id is the highest version that was seen
-- ARGV[1]  the version that this server has seen
--
-- Replies  {"halted", version}   no server appends any more; the highest version seen by any
--          {"resumed", version}  the loss was accepted by this event, which comes after ARGV[1]

local after = string.format('%.0f-0', ARGV[1] + 1)
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], after, '+')) do
  if string.find(entry[2][2], '"type":"journal.resumed"', 1, true) then
    return { 'resumed', tonumber(string.match(entry[1], '^%d+')) }
  end
end
local halt = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
local seen = halt and tonumber(string.match(halt[1], '^%d+')) or 0
if seen < tonumber(ARGV[1]) then
  seen = tonumber(ARGV[1])
  redis.call('XADD', KEYS[2], ARGV[1] .. '-0', 'seen', ARGV[1])
end
return { 'halted', seen }
