import type { BriefingState } from '../domain/briefing.ts';
import type { Recorded } from '../domain/event.ts';
import type { Instant, SeatId } from '../domain/ids.ts';
import {
  type Declared,
  type Disagreement,
  type RollRow,
  type RollState,
  rollCall,
} from '../domain/rollCall.ts';
import type { LocalText } from '../domain/roster.ts';
import { closing, replay } from './replay.ts';

/** A stretch of time in which a site's line was there, or was lost. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  /** goesOn: it lasted at the close, or lasts still. */
  readonly ended: 'left' | 'lost' | 'returned' | 'goesOn';
}

/** One seat's presence, declared beside measured. */
export interface Attendance {
  readonly seat: SeatId;
  readonly name: LocalText;
  readonly order: number;
  readonly isChair: boolean;
  /** The chair's site is not called. */
  readonly state: RollState | null;
  /** When a late comer was first there or declared; null for all others. */
  readonly lateAt: Instant | null;
  readonly declared: Declared | null;
  readonly disagreements: readonly Disagreement[];
  readonly firstJoinedAt: Instant | null;
  readonly connected: readonly Stretch[];
  readonly lost: readonly Stretch[];
  readonly connectedMs: number;
  readonly lostMs: number;
}

/** Every seat's presence up to the close, in protocol order, the chair's first. */
export function attendance(journal: readonly Recorded[]): Attendance[] {
  const { state, asOf } = closing(journal);
  const tracks = stretches(journal, asOf);
  const rows = new Map(rollCall(state).rows.map((row) => [row.seat.id, row]));
  return Object.values(state.seats)
    .sort((a, b) => a.order - b.order)
    .map((seat) => {
      const { connected, lost } = tracks.get(seat.id) ?? { connected: [], lost: [] };
      const row = rows.get(seat.id);
      return {
        seat: seat.id,
        name: seat.name,
        order: seat.order,
        isChair: seat.id === state.chairPoint,
        state: row?.state ?? null,
        lateAt: lateAt(state, row),
        declared: row?.declared ?? null,
        disagreements: row?.disagreements ?? [],
        firstJoinedAt: seat.firstJoinedAt,
        connected,
        lost,
        connectedMs: length(connected),
        lostMs: length(lost),
      };
    });
}

const length = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + (to - from), 0);

function lateAt({ beganAt }: BriefingState, row: RollRow | undefined): Instant | null {
  if (row?.state !== 'presentLate' || beganAt === null) return null;
  const { declared, measured } = row;
  return Math.min(declared?.at ?? Infinity, measured.firstJoinedAt ?? Infinity);
}

interface Track {
  readonly connected: Stretch[];
  readonly lost: Stretch[];
}

/** What is under way for one seat, and since when. */
interface Open {
  readonly is: keyof Track;
  readonly from: Instant;
}

function stretches(journal: readonly Recorded[], asOf: Instant): Map<SeatId, Track> {
  const tracks = new Map<SeatId, Track>();
  const open = new Map<SeatId, Open>();
  const close = (seat: SeatId, to: Instant, ended: Stretch['ended']) => {
    const was = open.get(seat);
    if (!was) return;
    open.delete(seat);
    const track = tracks.get(seat) ?? { connected: [], lost: [] };
    tracks.set(seat, track);
    track[was.is].push({ from: was.from, to: Math.max(was.from, to), ended });
  };
  for (const { recorded, before } of replay(journal)) {
    const { event, at } = recorded;
    if (before.phase === 'closed') break;
    if (event.type === 'seat.joined') {
      // A newer connection that takes over from a live one is the same presence.
      if (open.get(event.seat)?.is === 'connected') continue;
      close(event.seat, at, 'returned');
      open.set(event.seat, { is: 'connected', from: at });
    } else if (event.type === 'seat.lost') {
      close(event.seat, at, 'lost');
      open.set(event.seat, { is: 'lost', from: at });
    } else if (event.type === 'seat.left') close(event.seat, at, 'left');
  }
  for (const seat of [...open.keys()]) close(seat, asOf, 'goesOn');
  return tracks;
}
