-- Keeps a briefing's snapshot, unless a newer one of the same format is kept already.
--
-- KEYS[1]  the snapshot: a hash of version, format and state
-- ARGV[1]  version, ARGV[2] format, ARGV[3] state as JSON
--
-- Replies  "kept" or "older"

local kept = redis.call('HMGET', KEYS[1], 'version', 'format')
if kept[2] == ARGV[2] and tonumber(kept[1] or '0') >= tonumber(ARGV[1]) then
  return 'older'
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'format', ARGV[2], 'state', ARGV[3])
return 'kept'
