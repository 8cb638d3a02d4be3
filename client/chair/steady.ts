/**
 * The order to show while a pointer rests on a list: what was there stays in its place, even when
 * it has left the list (its row is then empty), and what is new comes at the end. Without this, a
 * row could slide away under a finger, and the wrong point would get the floor.
 */
export function steady(shown: readonly string[], actual: readonly string[]): string[] {
  return [...shown, ...actual.filter((id) => !shown.includes(id))];
}
