import type { ItemRules } from '../../server/domain/agenda.ts';
import type { Text } from '../i18n/vi.ts';

/** What an item asks of the points and changes on the floor, in a few words each. */
export function ruleWords(
  { requests, once, queueLimit, replies, speakers, floor }: ItemRules,
  { chair }: Pick<Text, 'chair'>,
): string[] {
  const t = chair.agenda.rules;
  const { mode, maxFloorUsers, speech } = floor;
  const words: string[] = [];
  if (speakers.length > 0) words.push(t.speakers(speakers.length));
  if (requests === 'none') words.push(t.none);
  else if (requests !== 'all') words.push(t.chosen(requests.length));
  if (mode === 'firstComeFirstServed') words.push(t.open(maxFloorUsers ?? 1));
  else {
    if (mode === 'moderated') words.push(t.moderated);
    if (maxFloorUsers !== null && maxFloorUsers > 1) words.push(t.users(maxFloorUsers));
  }
  if (once) words.push(t.once);
  if (queueLimit !== null) words.push(t.queueLimit(queueLimit));
  if (replies) words.push(t.replies);
  if (speech && speech.allottedMs !== null) {
    const length = t.speech(chair.speech.length(speech.allottedMs / 1000));
    words.push(speech.atEnd === 'close' ? `${length}, ${t.closes}` : length);
  }
  return words;
}
