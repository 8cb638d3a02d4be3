import { describe, expect, it } from 'vitest';
import { keyKind } from '../../scripts/soak/redisKeys.ts';
import { toleranceOf } from '../../scripts/soak/tolerances.ts';
import { briefingKeys, leasedBriefingsKey } from '../../server/journal/keys.ts';

describe('keyKind', () => {
  it('knows what a briefing keeps', () => {
    const keys = briefingKeys('2019-06');
    expect(keyKind(keys.journal)).toBe('grows');
    expect(keyKind(keys.snapshot)).toBe('steady');
    expect(keyKind(keys.leases)).toBe('steady');
    expect(keyKind(leasedBriefingsKey())).toBe('steady');
    expect(keyKind(`${keys.faults}:once:controlPaused-control`)).toBe('ages');
  });

  it('knows what timers keep, and what they may not', () => {
    for (const queue of ['timers', 'notices', 'mails', 'webhooks', 'records']) {
      expect(keyKind(`{diemcau:jobs}:${queue}:events`)).toBe('grows');
      expect(keyKind(`{diemcau:jobs}:${queue}:grace-2019-06-vp-41`)).toBe('ages');
      expect(keyKind(`{diemcau:jobs}:${queue}:completed`)).toBe('ages');
      expect(keyKind(`{diemcau:jobs}:${queue}:stalled-check`)).toBe('steady');
      expect(keyKind(`{diemcau:jobs}:${queue}:grace-2019-06-vp-41:lock`)).toBe('unexpected');
    }
    expect(keyKind('{diemcau:jobs}:grace:events')).toBe('unexpected');
  });

  it('cannot account for a journal that halted, or for anything else', () => {
    expect(keyKind(briefingKeys('2019-06').halt)).toBe('unexpected');
    expect(keyKind('diemcau:{2019-06}:journal:copy')).toBe('unexpected');
    expect(keyKind('session:1')).toBe('unexpected');
  });
});

describe('toleranceOf', () => {
  it('is not one left for whatever is made for a page', () => {
    for (const what of ['routers', 'transports', 'pipes', 'producers', 'consumers']) {
      expect(toleranceOf(`sfu-1.${what}`)).toEqual({ more: 0, kind: 'none' });
    }
    expect(toleranceOf('redis.keysUnexpected')).toEqual({ more: 0, kind: 'none' });
  });

  it('is none for what must grow, may age or is not known', () => {
    expect(toleranceOf('redis.growingBytes')).toBeUndefined();
    expect(toleranceOf('redis.keysAging')).toBeUndefined();
    expect(toleranceOf('server-1.constructor')).toBeUndefined();
  });
});
