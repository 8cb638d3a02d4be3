import { inflateRawSync } from 'node:zlib';

/** A workbook of a plan takes some tens of kilobytes; inflated, it is XML of a megabyte or two. */
const mostInflated = 16 * 1_024 * 1_024;
const mostEntries = 200;
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const longestComment = 65_557;

/**
 * Whether a ZIP file (APPNOTE.TXT §4.3) may be handed to a library that inflates whatever it finds:
 * a few hundred bytes can be made to inflate to gigabytes, and sizes in headers can lie.
 */
export function checkZip(file: Uint8Array): 'fine' | 'notAZip' | 'tooLarge' {
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  try {
    const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end < data.length - longestComment) return 'notAZip';
    if (data.readUInt32LE(end) !== endSignature) return 'notAZip';
    const entries = data.readUInt16LE(end + 10);
    if (entries > mostEntries) return 'tooLarge';
    let at = data.readUInt32LE(end + 16);
    let left = mostInflated;
    for (let i = 0; i < entries; i++) {
      if (data.readUInt32LE(at) !== entrySignature) return 'notAZip';
      left -= inflatedSize(data, at, left);
      if (left < 0) return 'tooLarge';
      at +=
        46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    }
    return 'fine';
  } catch (error) {
    // The buffer ended where a header should be, or the data is no DEFLATE stream.
    return isTooLarge(error) ? 'tooLarge' : 'notAZip';
  }
}

/** In bytes; throws when it would be more than `most`. */
function inflatedSize(data: Buffer, entry: number, most: number): number {
  const method = data.readUInt16LE(entry + 10);
  const size = data.readUInt32LE(entry + 20);
  const local = data.readUInt32LE(entry + 42);
  if (data.readUInt32LE(local) !== localSignature) throw new RangeError('no local header');
  const begin = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
  if (begin + size > data.length) throw new RangeError('the entry ends after the file');
  if (method === 0) return size;
  return inflateRawSync(data.subarray(begin, begin + size), { maxOutputLength: Math.max(1, most) })
    .length;
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
