import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBriefings, loadBriefing } from '../../config/briefing.ts';

const config = join(import.meta.dirname, '../../config');
const { template, points } = loadBriefing('2019-06');

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const triples = (list: readonly string[]) =>
  list.slice(2).map((word, i) => `${list[i]} ${list[i + 1]} ${word}`);

describe('the briefing of June 2019', () => {
  const source = new Set(
    triples(words(readFileSync(join(config, 'briefings/2019-06.source.txt'), 'utf8'))),
  );
  /** The share of a text's runs of three words that the source has too. */
  const faithful = (text: string) => {
    const runs = triples(words(text));
    return runs.filter((run) => source.has(run)).length / runs.length;
  };

  it('is listed, and says when, where, of what and under whom', () => {
    expect(listBriefings()).toContain('2019-06');
    expect(faithful(template.title.vi)).toBe(1);
    expect(faithful(template.sector.vi)).toBe(1);
    const start = new Date(template.startsAt);
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: template.timeZone,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(start);
    expect(parts).toMatch(/^03\/06\/2019, 1[2-8]:/);
    expect(template.chair.point).toBe(points.chair.id);
    expect(points.points).toHaveLength(71);
  });

  it('has an agenda from the opening to the closing, each item with its minutes', () => {
    expect(template.agenda.map(({ kind }) => kind)).toEqual([
      'opening',
      'report',
      'preparedSpeech',
      'discussion',
      'answers',
      'conclusion',
      'closing',
    ]);
    for (const { minutes } of template.agenda) expect(minutes).toBeGreaterThan(0);
  });

  it('reports nine results of May in the words of the source', () => {
    expect(template.reports).toHaveLength(9);
    for (const { content } of template.reports) {
      // Five reports repeat the source's head of a list before an item further down it.
      expect.soft(faithful(content), content).toBeGreaterThanOrEqual(0.8);
    }
  });

  it('gives nineteen directives in the words of the source', () => {
    expect(template.directives.map(({ number }) => number)).toEqual(
      Array.from({ length: 19 }, (_, i) => i + 1),
    );
    for (const { number, content, product } of template.directives) {
      // Only number 7 leaves out the name in the middle of its sentence.
      expect.soft(faithful(content), content).toBeGreaterThanOrEqual(number === 7 ? 0.8 : 1);
      if (product && words(product).length > 2) expect.soft(faithful(product), product).toBe(1);
    }
  });

  it('leaves no task of the source out', () => {
    const all = template.directives.map(({ content }) => content.toLowerCase()).join('\n');
    for (const phrase of [
      'Hướng dẫn công tác nhân sự cấp ủy',
      'thi hành Điều lệ Đảng khóa XII',
      'Tiểu ban Điều lệ Đảng',
      'khen thưởng',
      'không tái cử',
      'bổ sung quy hoạch cấp ủy',
      'cập nhật kiến thức mới',
      'không là người địa phương',
      'đánh giá cán bộ',
      'Kết luận 48-KL/TW',
      'nắm chắc địa bàn',
      'tiêu chuẩn chính trị',
      'thẩm định hồ sơ',
      'khung năng lực',
      'Mặt trận Tổ quốc',
      'Đề án',
      'sơ kết 1 năm thí điểm',
    ]) {
      expect.soft(all).toContain(phrase.toLowerCase());
    }
  });

  it('sets the end of June where the source gives the month, and no date elsewhere', () => {
    const dated = template.directives.filter(({ deadline }) => deadline !== undefined);
    expect(new Set(dated.map(({ deadline }) => deadline))).toEqual(new Set(['2019-06-30']));
    expect(dated.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 16, 17, 18, 19]);
  });

  it('gives them to the whole sector, led by the chair point', () => {
    for (const { leadPoint, supportingPoints } of template.directives) {
      expect(leadPoint).toBe(points.chair.id);
      expect(supportingPoints).toBe('all');
    }
  });
});

describe('a template that cannot be used', () => {
  let folder: string;
  const original = readFileSync(join(config, 'briefings/2019-06.yaml'), 'utf8');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'diemcau-briefing-'));
    for (const part of ['points', 'briefings']) {
      cpSync(join(config, part), join(folder, part), { recursive: true });
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    [
      'an unknown key',
      /^classification/m,
      'colour: red\nclassification',
      /:\d+: colour: unknown key/,
    ],
    ['no minutes', 'minutes: 10', 'minutes: 0', /agenda\[0\]\.minutes: .*>=1/],
    ['an unknown kind', 'kind: opening', 'kind: party', /agenda\[0\]\.kind: .*"opening"\|"report"/],
    [
      'an owner who is not invited',
      'owner: ban-to-chuc-trung-uong',
      'owner: atlantis',
      /agenda\[0\]\.owner: atlantis is not in the points 2019/,
    ],
    [
      'a supporting point that is not invited',
      'supportingPoints: all',
      'supportingPoints: [lao-cai, atlantis]',
      /directives\[0\]\.supportingPoints\[1\]: atlantis is not in/,
    ],
    ['an item twice', 'id: bao-cao', 'id: khai-mac', /agenda\[1\]\.id: khai-mac is there twice/],
    ['a number left out', 'number: 2', 'number: 3', /directives\[1\]\.number: expected 2/],
    ['a day that is none', '2019-06-30', '2019-06-31', /directives\[0\]\.deadline: /],
    [
      'another chair',
      'point: ban-to',
      'point: lao-cai #',
      /chair\.point: expected the chair point/,
    ],
    ['a time zone of its own', 'Asia/Ho_Chi_Minh', 'Asia/Atlantis', /timeZone: expected an IANA/],
    [
      'points that are not there',
      'points: "2019"',
      'points: "1999"',
      /1999\.yaml: there is no such/,
    ],
  ])('%s', (_, from, to, expected) => {
    const changed = original.replace(from, to);
    expect(changed).not.toBe(original);
    writeFileSync(join(folder, 'briefings/changed.yaml'), changed);
    expect(listBriefings(folder)).toEqual(['2019-06', 'changed']);
    expect(() => loadBriefing('changed', folder)).toThrow(expected);
  });

  it('a point that is there twice', () => {
    const list = join(folder, 'points/2019.yaml');
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace('id: yen-bai', 'id: lao-cai'));
    expect(() => loadBriefing('2019-06', folder)).toThrow(
      /points\[70\]\.id: lao-cai is there twice/,
    );
    writeFileSync(list, text);
  });

  it.each(['../../etc/passwd', 'Nope', ''])('the name %j', (name) => {
    expect(() => loadBriefing(name, folder)).toThrow(/expected a file name/);
  });
});
