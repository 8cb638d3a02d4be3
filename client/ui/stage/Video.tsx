import type { CSSProperties } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { lastArrival } from '../../media/arrivals.ts';
import { type StreamKey, splitKey } from '../../media/streamKey.ts';
import { useSurface } from '../useSurface.ts';
import { Player } from './Player.tsx';
import type { Shown } from './place.ts';
import { takesOver } from './takeOver.ts';

interface VideoProps {
  readonly stream: StreamKey;
  readonly track: MediaStreamTrack | undefined;
  readonly shown: Shown;
  readonly style?: CSSProperties | undefined;
}

/** How long the last picture of a former track passes for the stream's, in milliseconds. */
const standsIn = 3_000;

/** How long ago a track showed its last picture, in milliseconds. One of this machine's own: long ago. */
const stillFor = (track: MediaStreamTrack): number =>
  performance.timeOrigin + performance.now() - (lastArrival(track) ?? Number.NEGATIVE_INFINITY);

/**
 * One picture. It lives as long as its stream is received: who is large and who is not is a matter
 * of style alone, because a new element would start black. For the same reason a stream that comes
 * by another track from now on plays it unseen, until that one can take over.
 */
export function Video({ stream, track, shown, style }: VideoProps) {
  const { frames } = useSurface();
  const own = shown === 'own';
  const front = useRef(track);
  const [, redraw] = useReducer((times: number, _: null) => times + 1, 0);
  // With nothing before it there is nothing to wait for, and with nothing to come nothing to show.
  const visible = track && (front.current ?? track);
  front.current = visible;
  useEffect(() => {
    if (own || !visible) return;
    return () => frames.gone(stream, visible.id);
  }, [visible, stream, own]);
  useEffect(() => {
    if (own || !visible || visible === track) return;
    const timer = setInterval(() => {
      if (stillFor(visible) >= standsIn) frames.gone(stream, visible.id);
    }, standsIn / 4);
    return () => clearInterval(timer);
  }, [visible, track, stream, own]);
  const arrived = (of: MediaStreamTrack) => {
    if (!own) frames.arrived(stream, of.id);
  };
  const takeOver = (of: MediaStreamTrack, decoded: number) => {
    const former = front.current;
    if (former && !takesOver({ decoded, stillFor: stillFor(former) })) return;
    front.current = of;
    arrived(of);
    redraw(null);
  };
  // Slides may stand still for as long as they like.
  const mayStand = own || splitKey(stream).source === 'presentation';
  return (
    <>
      <Player
        key={visible?.id}
        track={visible}
        place={{ 'data-stream': stream, 'data-shown': shown }}
        style={style}
        onPicture={arrived}
        onStale={mayStand ? undefined : (of) => frames.gone(stream, of.id)}
      />
      {track && track !== visible && (
        <Player
          key={track.id}
          track={track}
          place={{ 'data-coming': shown }}
          style={style}
          onPicture={takeOver}
          waits
        />
      )}
    </>
  );
}
