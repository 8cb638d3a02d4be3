import { endianness } from 'node:os';

/**
 * What the worker is built from and how: everything in this folder, and nothing outside it,
 * decides what the binary is, so its hash names the cached build.
 */

/** Debian's packages that the build needs. */
export const packages = [
  'flatbuffers-compiler',
  'g++',
  'libflatbuffers-dev',
  'libsrtp2-dev',
  'libssl-dev',
  'libuv1-dev',
] as const;

/** Arguments of flatc, as in mediasoup's `worker/fbs/FBS/meson.build`, before the schemas. */
export const schemaFlags = [
  '--cpp',
  '--cpp-field-case-style',
  'lower',
  '--reflect-names',
  '--scoped-enums',
  '--filename-suffix',
  '',
] as const;

/** As mediasoup's own release build compiles (`worker/meson.build`, `worker/tasks.py`). */
export const compileFlags = [
  '-std=c++20',
  '-O3',
  '-DNDEBUG',
  '-DMS_EXECUTABLE',
  endianness() === 'LE' ? '-DMS_LITTLE_ENDIAN' : '-DMS_BIG_ENDIAN',
  '-DFLATBUFFERS_LOCALE_INDEPENDENT=1',
  '-w',
] as const;

/** Folders for headers inside the worker's sources; those of `headers/` come before them. */
export const includeFolders = ['include', 'fbs', 'deps/libwebrtc', 'deps/libwebrtc/libwebrtc'];

/**
 * Nothing but the C library is linked dynamically, so that a cached binary runs where Debian's
 * libraries are not installed. Each entry lists the names of one archive in Debian's releases.
 */
export const archives = [['libsrtp2.a'], ['libuv_a.a', 'libuv.a'], ['libssl.a'], ['libcrypto.a']];

export const linkFlags = [
  '-static-libstdc++',
  '-static-libgcc',
  '-Wl,--gc-sections',
  '-s',
  '-lpthread',
  '-ldl',
] as const;

/** A change to one of mediasoup's files. The build stops unless `find` is there exactly once. */
export type Patch = { file: string; find: string; replace: string };

export const patches: readonly Patch[] = [
  {
    // OpenSSL asks the BIO by a control call whether kernel TLS is on, and Debian's OpenSSL is
    // built to believe it. The answer is or-ed with other flags: compared for equality, every
    // answer became "yes", and OpenSSL had no write buffer at the first handshake.
    file: 'src/RTC/DtlsTransport.cpp',
    find: '(operationType == BIO_CB_RETURN)',
    replace: '((operationType & BIO_CB_RETURN) != 0)',
  },
  {
    // The order is the preference: 128 bits are ample here, and mediasoup has no option for it.
    file: 'src/RTC/DtlsTransport.cpp',
    find: `		{ RTC::SrtpSession::CryptoSuite::AEAD_AES_256_GCM,        "SRTP_AEAD_AES_256_GCM"  },
		{ RTC::SrtpSession::CryptoSuite::AEAD_AES_128_GCM,        "SRTP_AEAD_AES_128_GCM"  },
`,
    replace: `		{ RTC::SrtpSession::CryptoSuite::AEAD_AES_128_GCM,        "SRTP_AEAD_AES_128_GCM"  },
		{ RTC::SrtpSession::CryptoSuite::AEAD_AES_256_GCM,        "SRTP_AEAD_AES_256_GCM"  },
`,
  },
];

/** Our own sources beside mediasoup's. */
export const ownSources = ['srtpCiphers.cpp', 'srtpHmac.cpp'] as const;

/** Files that cannot share a unit, mostly because of file-local names that others have too. */
const alone: readonly RegExp[] = [
  /^src\/Settings\.cpp$/,
  /^src\/handles\//,
  /^src\/RTC\/BWE\//,
  /StreamManager\.cpp$/,
  /\/PlainTransport\.cpp$/,
  /\/WebRtcTransport\.cpp$/,
  /\/TransportCongestionControlServer\.cpp$/,
  /\/RtxStream\.cpp$/,
  /\/RTCP\/Feedback\.cpp$/,
  /\/TransmissionControlBlock\.cpp$/,
  /\/trendline_estimator\.cc$/,
];

/** About five seconds of compiling; more would leave one core waiting at the end. */
const unitBytes = 110_000;

export type Source = { path: string; bytes: number };

/**
 * Packs the sources into units that are compiled as one file each: nearly all the time of
 * compiling them one by one goes into headers. The largest come first, so that no long one is
 * left to the end.
 */
export function unitsOf(sources: readonly Source[]): string[][] {
  const units: { paths: string[]; bytes: number }[] = [];
  let open = { paths: [] as string[], bytes: Number.POSITIVE_INFINITY };
  for (const { path, bytes } of sources) {
    if (alone.some((pattern) => pattern.test(path))) {
      units.push({ paths: [path], bytes });
      continue;
    }
    if (open.bytes + bytes > unitBytes) {
      open = { paths: [], bytes: 0 };
      units.push(open);
    }
    open.paths.push(path);
    open.bytes += bytes;
  }
  return units.sort((a, b) => b.bytes - a.bytes).map((unit) => unit.paths);
}

/** A unit's text. Each of mediasoup's sources names its class in a macro of the same name. */
export function unitText(paths: readonly string[]): string {
  return paths.map((path) => `#include "${path}"\n#undef MS_CLASS\n`).join('');
}
