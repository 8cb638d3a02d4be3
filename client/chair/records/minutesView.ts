import type { Instant, SeatId } from '../../../server/domain/ids.ts';
import type { Actor } from '../../../server/domain/permits.ts';

/** As much of the API's minutes as the console shows. Times in milliseconds. */
export interface MinutesView {
  readonly minutes: {
    readonly briefing: { readonly asOf: Instant };
    readonly sequence: { readonly items: readonly ItemTime[] };
    readonly opinions: {
      readonly speeches: readonly {
        readonly request: string;
        readonly seat: SeatId;
        readonly grantedAt: Instant;
      }[];
    };
  };
  /** To be quoted when something is saved; 0: nothing was written yet. */
  readonly version: number;
  readonly writtenBy: { readonly by: Actor; readonly at: Instant } | null;
  readonly sections: readonly Section[];
  readonly notice: {
    /** ISO 8601 date. */
    readonly date: string;
    readonly workingDaysLeft: number;
    readonly overdue: boolean;
  } | null;
}

export interface ItemTime {
  readonly item: string;
  readonly usedMs: number;
}

export interface Section {
  readonly id: string;
  readonly built: string;
  /** Null where what was built holds. */
  readonly written: string | null;
}

/** One saved version: all that stood written in it. */
export interface MinutesVersion {
  readonly version: number;
  readonly sections: Readonly<Record<string, string>>;
  readonly by: Actor;
  readonly at: Instant;
}
