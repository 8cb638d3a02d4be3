/**
 * The pass of a link stands in the fragment, `/kiosk#<pass>`: browsers never send a fragment to a
 * server, so it is in no access log, and a reload keeps it. It goes nowhere else.
 */
export function passOf(hash: string): string | null {
  const pass = hash.replace(/^#/, '').trim();
  return pass === '' ? null : pass;
}
