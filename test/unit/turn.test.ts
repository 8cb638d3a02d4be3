import { describe, expect, it } from 'vitest';
import { iceServersFor, turnCredentials } from '../../server/media/turn.ts';

const secret = 'of-this-installation-and-its-relay';
const urls = ['turn:relay.example.vn:3478?transport=udp'];
const now = 1_561_683_600_999;

describe('credentials for a TURN server', () => {
  const made = turnCredentials({ secret, ttlSeconds: 600, endpoint: 'lao-cai:a', now });

  it('are named by the second in which they expire, and by whom they are for', () => {
    expect(made.username).toBe('1561684200:lao-cai:a');
  });

  it('hold what the server itself computes', () => {
    // printf 1561684200:lao-cai:a | openssl dgst -sha1 -hmac of-this-… -binary | base64
    expect(made.credential).toBe('FTPplToTxTm2lGaCXqa4GbIB8ns=');
  });

  it.each([
    { secret: `${secret}.` },
    { endpoint: 'lao-cai:b' },
    { now: now + 1_000 },
    { ttlSeconds: 601 },
  ])('are others with %j', (other) => {
    const { credential } = turnCredentials({
      ...{ secret, ttlSeconds: 600, endpoint: 'lao-cai:a', now },
      ...other,
    });
    expect(credential).not.toBe(made.credential);
  });
});

describe('what an endpoint is told', () => {
  const fixed = [{ urls: ['stun:stun.example.vn'] }];

  it('is the fixed servers alone where there is no TURN', () => {
    expect(iceServersFor({ fixed, now: () => now })('a')).toEqual(fixed);
  });

  it('has credentials of its own, fresh each time', () => {
    let at = now;
    const servers = iceServersFor({
      fixed,
      turn: { urls, secret, ttlSeconds: 600 },
      now: () => at,
    });
    const first = servers('a');
    expect(first).toEqual([
      ...fixed,
      { urls, ...turnCredentials({ secret, ttlSeconds: 600, endpoint: 'a', now }) },
    ]);
    at += 60_000;
    expect(servers('a')[1]?.username).toBe('1561684260:a');
    expect(servers('b')[1]?.username).toBe('1561684260:b');
    expect(JSON.stringify(servers('a'))).not.toContain(secret);
  });
});
