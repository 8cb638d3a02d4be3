import type { BriefingState, Layout } from './briefing.ts';
import { requestById } from './floor.ts';
import type { SeatId } from './ids.ts';
import type { Role } from './permits.ts';
import { seatById } from './roster.ts';

/** `aside`: sound that is not for the programme, for one receiver alone; see `Aside`. */
export type MediaSource = 'camera' | 'microphone' | 'presentation' | 'aside';
export type MediaLayer = 'low' | 'medium' | 'high';

/** What goes out to every site. */
export interface Programme {
  /** Nothing goes out before gathering, in recess and after the close: kiosks hold a still picture. */
  readonly live: boolean;
  readonly layout: Layout;
  readonly chair: SeatId;
  /** Floor holders, the longest first. */
  readonly speakers: readonly SeatId[];
  /** Whose presentation is shown. */
  readonly presenter: SeatId | null;
  /** The next in the queue: prepared at every receiver, shown nowhere. */
  readonly cue: SeatId | null;
  /** Who may well be called next but one, or out of turn. */
  readonly prepared: readonly SeatId[];
}

/** So many beside the cue are prepared: each costs every receiver a negotiation. */
const mostPrepared = 2;

export interface Wanted {
  /** Whose; in a whisper it may be an office page's own id. */
  readonly seat: SeatId;
  readonly source: MediaSource;
  readonly layer: MediaLayer;
  /** Only made ready at the receiver: nothing flows, and nobody encodes for it. */
  readonly hold: boolean;
}

/** What a seat or viewer may send and should receive, as plain data. */
export interface Routing {
  readonly open: readonly MediaSource[];
  readonly receive: readonly Wanted[];
}

/** What an office page has on its screen beside the programme. Its own affair: never an event. */
export interface View {
  /** The wall's tiles that are visible. */
  readonly tiles: 'all' | readonly SeatId[];
  /** A site that is looked at closely: its camera comes in a higher layer, here alone. */
  readonly closer: SeatId | null;
}

export const wholeView: View = { tiles: 'all', closer: null };

/**
 * What a page does apart from the programme for a while. Its sound goes as a stream of its own, so
 * that nothing that is wanted of its microphone can ever bring it to anybody else. Never an event.
 */
export type Aside =
  /** Its camera and its sound come back to itself, and are measured. */
  | { readonly is: 'check' }
  /** It speaks with this one: a point's seat, or the id of the office page that speaks to it. */
  | { readonly is: 'whisper'; readonly with: string };

export interface Viewer {
  readonly role: Role;
  readonly seat: SeatId | null;
  readonly view: View;
  readonly aside?: Aside | undefined;
}

export function programme(state: BriefingState): Programme {
  const { floor } = state;
  const seatOf = (id: string): SeatId[] => {
    const r = requestById(floor, id);
    return r ? [r.beneficiary] : [];
  };
  const here = (s: SeatId) => state.seats[s]?.status === 'connected';
  // The first in the queue who is here: a lost site cannot be the next to speak.
  const queued = floor.queue.flatMap(seatOf).filter(here);
  const pending = floor.requests
    .filter((r) => r.status === 'pending' && here(r.beneficiary))
    .map((r) => r.beneficiary);
  return {
    live: state.phase === 'gathering' || state.phase === 'inSession',
    layout: state.layout,
    chair: state.chairPoint,
    speakers: floor.holders.flatMap(seatOf),
    presenter: state.presentation?.seat ?? null,
    cue: queued[0] ?? null,
    prepared: [...queued.slice(1), ...pending].slice(0, mostPrepared),
  };
}

/**
 * Whether a point may be measured or spoken to in private now: not while the briefing hears its
 * room, or is about to, or looks at what it shows.
 */
export function isApart(state: BriefingState, seat: SeatId): boolean {
  const { chair, speakers, presenter, cue } = programme(state);
  return ![chair, ...speakers, presenter, cue].includes(seat);
}

/** Pure: the same state gives the same routing, whoever computes it. */
export function routing(state: BriefingState, viewer: Viewer): Routing {
  const aside = asideFor(state, viewer);
  return {
    open: [...opens(state, viewer), ...(aside.length > 0 ? (['aside'] as const) : [])],
    receive: [...receives(state, viewer), ...aside],
  };
}

/** What comes to a page apart from the programme; nothing once its point is needed for that. */
function asideFor(state: BriefingState, { role, seat, aside }: Viewer): Wanted[] {
  if (!aside || (role !== 'point' && role !== 'secretary' && role !== 'technician')) return [];
  const point = seat ?? (aside.is === 'whisper' ? aside.with : null);
  if (point === null || !seatById(state.seats, point) || !isApart(state, point)) return [];
  const sound = { source: 'aside', layer: 'high', hold: false } as const;
  if (aside.is === 'whisper') return [{ seat: aside.with, ...sound }];
  return [
    { seat: point, source: 'camera', layer: 'medium', hold: false },
    { seat: point, ...sound },
  ];
}

function opens(state: BriefingState, { seat: id, role }: Viewer): MediaSource[] {
  const seat = id === null ? undefined : state.seats[id];
  if (!seat || (role !== 'chair' && role !== 'point')) return [];
  const p = programme(state);
  const speaks = p.live && !seat.muted && (p.chair === seat.id || p.speakers.includes(seat.id));
  const open: MediaSource[] = ['camera'];
  if (speaks) open.push('microphone');
  if (p.live && p.presenter === seat.id) open.push('presentation');
  return open;
}

function receives(state: BriefingState, viewer: Viewer): Wanted[] {
  switch (viewer.role) {
    case 'wall':
      return wallFor(state, viewer.view);
    case 'chair':
    case 'secretary':
      return withCloser(programmeFor(state, viewer.seat), viewer);
    case 'point':
      return programmeFor(state, viewer.seat);
    case 'technician':
      return withCloser([], viewer);
    case 'system':
      return [];
  }
}

function wallFor(state: BriefingState, { tiles, closer }: View): Wanted[] {
  // The chair sits in front of the wall and has no tile on it.
  return Object.keys(state.seats)
    .filter((seat) => seat !== state.chairPoint && (tiles === 'all' || tiles.includes(seat)))
    .map((seat) => ({
      seat,
      source: 'camera',
      layer: seat === closer ? 'high' : 'low',
      hold: false,
    }));
}

/** The site that is looked at, in a picture of middle size at least. */
function withCloser(wanted: readonly Wanted[], { view: { closer }, seat: self }: Viewer): Wanted[] {
  if (closer === null || closer === self) return [...wanted];
  const isIt = (w: Wanted) => w.seat === closer && w.source === 'camera';
  const had = wanted.find(isIt);
  if (had && !had.hold && had.layer !== 'low') return [...wanted];
  return [
    ...wanted.filter((w) => !isIt(w)),
    { seat: closer, source: 'camera', layer: 'medium', hold: false },
  ];
}

function programmeFor(state: BriefingState, self: SeatId | null): Wanted[] {
  const p = programme(state);
  if (!p.live) return [];
  const wanted: Wanted[] = [];
  const want = (seat: SeatId, source: MediaSource, layer: MediaLayer, hold = false) => {
    // A site never receives itself: its own sound would come back as an echo.
    if (seat !== self) wanted.push({ seat, source, layer, hold });
  };
  const { layout } = p;
  const slides = p.presenter !== null && layout === 'presentation';
  const speakers = layout === 'chair' ? [] : p.speakers;
  const chairAlone = speakers.length === 0 && !slides;
  const speakerAlone = speakers.length === 1 && !slides && layout !== 'sideBySide';
  want(p.chair, 'camera', chairAlone ? 'high' : 'medium');
  want(p.chair, 'microphone', 'high');
  for (const speaker of p.speakers) {
    // What a layout leaves out is kept ready: the next layout may show it.
    want(speaker, 'camera', speakerAlone ? 'high' : 'medium', layout === 'chair');
    want(speaker, 'microphone', 'high');
  }
  if (p.presenter !== null) want(p.presenter, 'presentation', 'high', !slides);
  // A live standby: the picture already decodes, small and hidden, and the sound waits behind a
  // microphone that the node keeps shut; a grant is then a change of what is shown.
  if (p.cue !== null && p.cue !== p.chair && !p.speakers.includes(p.cue)) {
    want(p.cue, 'camera', 'low');
    want(p.cue, 'microphone', 'high');
  }
  for (const seat of p.prepared) {
    if (seat === p.chair) continue;
    want(seat, 'camera', 'high', true);
    want(seat, 'microphone', 'high', true);
  }
  return wanted;
}
