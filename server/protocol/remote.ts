import { z } from 'zod';
import { layer } from '../../sfu/protocol/media.ts';

/** What a technician may do to a site from afar. */
export const remoteAction = z.discriminatedUnion('do', [
  /** The page is loaded anew. */
  z.strictObject({ do: z.literal('reload') }),
  /** Camera and microphone are looked for as if the page had just begun. */
  z.strictObject({ do: z.literal('detectDevices') }),
  /** New ICE credentials for all paths to the media nodes. */
  z.strictObject({ do: z.literal('restartIce') }),
  /** The most that the site may send of its camera; null: no limit. */
  z.strictObject({ do: z.literal('capLayer'), layer: layer.nullable() }),
  /** Its media goes on over another media node. */
  z.strictObject({ do: z.literal('moveNode') }),
]);
export type RemoteAction = z.infer<typeof remoteAction>;
