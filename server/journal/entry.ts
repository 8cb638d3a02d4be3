import type { Recorded } from '../domain/event.ts';
import type { Version } from '../domain/ids.ts';

/** An entry of the journal's stream, not yet parsed: most are this server's own, known already. */
export interface Entry {
  readonly version: Version;
  readonly text: string;
}

/** The stream's own ids are the versions. */
export const entryId = (version: Version): string => `${version}-0`;

export const entryText = ({ at, by, command, event }: Recorded): string =>
  JSON.stringify({ at, by, command, event });

/** The journal holds only what some server appended, so the shape is trusted. */
export const parseEntry = ({ version, text }: Entry): Recorded => ({
  version,
  ...(JSON.parse(text) as Omit<Recorded, 'version'>),
});

/** As node-redis gives a stream's messages. */
export const entryFromMessage = (m: {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}): Entry => ({ version: Number.parseInt(m.id, 10), text: m.message.e ?? '' });
