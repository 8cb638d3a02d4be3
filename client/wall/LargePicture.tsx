import { useSignal } from '@preact/signals';
import type { SeatId } from '../../server/domain/ids.ts';
import { streamKey } from '../media/streamKey.ts';
import { Player } from '../ui/stage/Player.tsx';
import { useSurface } from '../ui/useSurface.ts';

/**
 * A site's picture once more, large: its tile goes on below. Whoever was here before stays until
 * the new one has a picture, so that nothing is ever black between the two.
 */
export function LargePicture({ seat }: { readonly seat: SeatId }) {
  const { media } = useSurface();
  const wanted = media.streams.value.get(streamKey(seat, 'camera'));
  const shown = useSignal<MediaStreamTrack | undefined>(undefined);
  const tracks = [...new Set([shown.value, wanted])].filter((t) => t !== undefined);
  return (
    <>
      {tracks.map((track) => (
        <Player
          key={track.id}
          track={track}
          place={{ 'data-large': track === shown.value ? 'shown' : 'coming' }}
          style={undefined}
          onPicture={(of) => {
            if (of === wanted) shown.value = of;
          }}
        />
      ))}
    </>
  );
}
