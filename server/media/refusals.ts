import type { Fault } from '../../sfu/protocol/fault.ts';
import type { BriefingState } from '../domain/briefing.ts';
import type { SeatId } from '../domain/ids.ts';
import type { Role } from '../domain/permits.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Ask, Refused } from '../protocol/wire.ts';

const codes: Partial<Record<Fault['fault'], RefusalCode>> = {
  malformed: 'malformed',
  rejectedParameters: 'mediaRefused',
  alreadyPublished: 'mediaRefused',
};

/** A node's fault as the browser hears it. */
export function refusalOf({ fault, detail }: Pick<Fault, 'fault' | 'detail'>): Refused {
  return {
    ok: false,
    refusal: codes[fault] ?? 'mediaUnavailable',
    detail: detail === undefined ? fault : `${fault}: ${detail}`,
  };
}

/** Why this page may not publish this source; undefined when it may. */
export function sourceFault(
  state: BriefingState,
  page: { readonly role: Role; readonly seat: SeatId | null },
  { source, kind }: Pick<Ask<'media.publish'>, 'source' | 'kind'>,
): RefusalCode | undefined {
  const sound = source === 'microphone' || source === 'aside';
  if (sound !== (kind === 'audio')) return 'malformed';
  if (source === 'aside') {
    return ['point', 'secretary', 'technician'].includes(page.role) ? undefined : 'notPermitted';
  }
  if (page.seat === null) return 'notPermitted';
  if (source === 'presentation' && state.presentation?.seat !== page.seat) return 'notPresenting';
  return undefined;
}
