import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { BriefingId, SeatId } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';

/** Roles that a page can have; `system` is never given out. */
export type PageRole = Exclude<Role, 'system'>;

/** Who a page is: what its link says, signed by us. */
export interface Identity {
  readonly briefing: BriefingId;
  readonly role: PageRole;
  /** The point's own seat, the chair's seat; null for pages without one. */
  readonly seat: SeatId | null;
}

const claims = z.object({
  sub: z.string().min(1).max(64),
  role: z.enum(['chair', 'secretary', 'technician', 'wall', 'point']),
  seat: z.string().min(1).max(64).optional(),
});

/**
 * Makes the pass that a link carries in its fragment: a JWT (RFC 7519, HS256) without expiry,
 * because a kiosk's link is enrolled once; it lives as long as the secret does.
 */
export function signPass(o: Identity & { secret: Uint8Array }): Promise<string> {
  return new SignJWT({ role: o.role, ...(o.seat === null ? {} : { seat: o.seat }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(o.briefing)
    .sign(o.secret);
}

/** Undefined for a pass that is not ours, is altered or malformed. */
export async function verifyPass(o: {
  pass: string;
  secret: Uint8Array;
}): Promise<Identity | undefined> {
  try {
    const { payload } = await jwtVerify(o.pass, o.secret, { algorithms: ['HS256'] });
    const { sub, role, seat = null } = claims.parse(payload);
    const sits = role === 'chair' || role === 'point';
    return sits === (seat !== null) ? { briefing: sub, role, seat } : undefined;
  } catch {
    return undefined;
  }
}

/** The page that each role opens. The pass is in the fragment, so that it reaches no server's log. */
export function pageUrl(o: { base: string; role: PageRole; pass: string }): string {
  const page: Record<PageRole, string> = {
    chair: 'chair',
    secretary: 'chair',
    technician: 'technician',
    wall: 'wall',
    point: 'kiosk',
  };
  return `${o.base}/${page[o.role]}#${o.pass}`;
}
