-- Appends a group of events to one briefing's journal, unless somebody was there first.
--
-- KEYS[1]   the journal: a stream whose entry ids are "<version>-0"
-- KEYS[2]   the halt: there only if some server found that the journal has gone back
-- ARGV[1]   the version that the deciding server has seen, 0 for an empty journal
-- ARGV[2..] the events, one JSON text each; none: only asks whether that version is still the head
--
-- Replies   {"halted", version}         nothing done: a server has seen this version, now lost
--           {"appended", head}           the events are in, numbered up to head
--           {"current", head}            no events given, and nobody has written since
--           {"conflict", head, entries}  nothing done; the entries from ARGV[1] itself on (at most
--                                        512), so that the server can check and catch up at once

local function last(stream)
  local entry = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  return entry and tonumber(string.match(entry[1], '^%d+')) or 0
end

local seen = last(KEYS[2])
if seen > 0 then
  return { 'halted', seen }
end
local head = last(KEYS[1])
if head ~= tonumber(ARGV[1]) then
  return { 'conflict', head, redis.call('XRANGE', KEYS[1], ARGV[1] .. '-0', '+', 'COUNT', 512) }
end
if #ARGV == 1 then
  return { 'current', head }
end

for i = 2, #ARGV do
  head = head + 1
  redis.call('XADD', KEYS[1], string.format('%.0f-0', head), 'e', ARGV[i])
end
return { 'appended', head }
