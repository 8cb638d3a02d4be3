import { readableJson } from './canonical.ts';
import type { Minutes } from './minutes.ts';

/** The minutes for machines: instants and durations in milliseconds, keys in order. */
export const json = (built: Minutes): Uint8Array => new TextEncoder().encode(readableJson(built));
