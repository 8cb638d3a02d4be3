import type { BriefingId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/permits.ts';
import { type Identity, type PageRole, verifyPass } from '../identity.ts';
import { isOfficePass } from './officePass.ts';

/** Whoever may call: those who hold a briefing's pass, and the office over all briefings. */
export type CallerRole = PageRole | 'office';

export type Caller =
  | { readonly role: 'office' }
  | { readonly role: PageRole; readonly identity: Identity };

/** Undefined for a pass that is not ours. */
export async function callerOf(pass: string, secret: Uint8Array): Promise<Caller | undefined> {
  const identity = await verifyPass({ pass, secret });
  if (identity) return { role: identity.role, identity };
  return (await isOfficePass(pass, secret)) ? { role: 'office' } : undefined;
}

/** A pass is for one briefing; the office's is for all. */
export const mayEnter = (caller: Caller, briefing: BriefingId): boolean =>
  !('identity' in caller) || caller.identity.briefing === briefing;

/** As whom a caller gives commands: the office as the secretary, with no more say than that. */
export const actorOf = (caller: Caller): Actor =>
  'identity' in caller
    ? { role: caller.role, seat: caller.identity.seat }
    : { role: 'secretary', seat: null };

/** Names a caller without showing the pass: for limits and logs. */
export const nameOf = (caller: Caller): string =>
  'identity' in caller
    ? `${caller.identity.briefing} ${caller.role} ${caller.identity.seat ?? ''}`
    : 'office';
