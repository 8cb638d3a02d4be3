import { z } from 'zod';
import { actorOf } from '../callers.ts';
import { problem } from '../problem.ts';
import { type Result, type Route, route, xlsxType } from '../route.ts';
import { done, ofBriefing } from '../schemas.ts';
import { type Context, withBriefing } from './context.ts';

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const readers = ['office', 'chair', 'secretary'] as const;

/** Minutes to read and to edit, exports, archives. */
export function recordsRoutes(c: Context): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/briefings/:briefing/minutes',
      id: 'getMinutes',
      summary: 'The minutes as built from the journal, with what the secretary has written.',
      tag: 'Records',
      may: readers,
      params: ofBriefing,
      answer: {
        status: 200,
        says: 'The minutes; `version` is to be quoted when something is saved.',
        json: z.looseObject({ version: z.int() }),
      },
      cost: 1,
      handle: (call) =>
        withBriefing(c, call, async () => {
          const minutes = await c.records.minutes(call.params.briefing);
          return minutes ? { status: 200, json: minutes } : problem('unknownBriefing');
        }),
    }),
    route({
      method: 'put',
      path: '/api/briefings/:briefing/minutes',
      id: 'saveMinutes',
      summary: 'Writes over sections of the minutes; null gives back what was built.',
      tag: 'Records',
      may: ['office', 'secretary'],
      params: ofBriefing,
      body: z.strictObject({
        base: z.int().min(0),
        changes: z.record(z.string().max(64), z.string().max(20_000).nullable()),
      }),
      answer: { status: 200, says: 'Saved as this version.', json: done },
      cost: 1,
      handle: (call) =>
        withBriefing(c, call, async () => {
          const { body, params, caller } = call;
          const by = actorOf(caller);
          const saved = await c.records.save({ briefing: params.briefing, ...body, by });
          if (!saved) return problem('unknownBriefing');
          return saved.ok
            ? { status: 200, json: { version: saved.text.version } }
            : problem(saved.refusal);
        }),
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/minutes/versions',
      id: 'getMinutesVersions',
      summary: 'Every version of the text that was written, the oldest first.',
      tag: 'Records',
      may: readers,
      params: ofBriefing,
      answer: {
        status: 200,
        says: 'The versions.',
        json: z.object({ versions: z.array(z.looseObject({ version: z.int() })) }),
      },
      cost: 1,
      handle: (call) =>
        withBriefing(c, call, async () => ({
          status: 200,
          json: { versions: await c.records.versions(call.params.briefing) },
        })),
    }),
    ...exportRoutes(c),
  ];
}

interface Export {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly type: string;
  readonly build: (briefing: string) => Promise<Uint8Array | undefined>;
}

function exportRoutes(c: Context): Route[] {
  const { records } = c;
  const table = z.enum(c.recordTables);
  const form = z.object({ form: z.enum(['state', 'party']).optional() });
  const exports: Export[] = [
    {
      path: 'records.xlsx',
      id: 'getRecordsXlsx',
      summary: 'Attendance, speeches and time used, votes, directives, outages.',
      type: xlsxType,
      build: (briefing) => records.xlsx(briefing),
    },
    {
      path: 'records.json',
      id: 'getRecordsJson',
      summary: 'The minutes for machines.',
      type: 'application/json',
      build: (briefing) => records.json(briefing),
    },
    {
      path: 'archive.zip',
      id: 'getArchive',
      summary: 'The journal, each entry with the hash of the one before, and all exports.',
      type: 'application/zip',
      build: (briefing) => records.archiveZip(briefing),
    },
  ];
  return [
    route({
      method: 'get',
      path: '/api/briefings/:briefing/minutes.docx',
      id: 'getMinutesDocx',
      summary: 'The minutes in the official form, of the state or of the Party.',
      tag: 'Records',
      may: readers,
      params: ofBriefing,
      query: form,
      answer: { status: 200, says: 'The document.', file: docxType },
      cost: 5,
      handle: (call) => {
        const { form: wanted } = call.query;
        return withBriefing(c, call, async ({ state }) =>
          file(
            await records.docx(state.id, wanted === undefined ? {} : { form: wanted }),
            `${state.id}.docx`,
          ),
        );
      },
    }),
    route({
      method: 'get',
      path: '/api/briefings/:briefing/records/:table.csv',
      id: 'getRecordsCsv',
      summary: 'One table of the records (RFC 4180, UTF-8 with a byte order mark).',
      tag: 'Records',
      may: readers,
      params: ofBriefing.extend({ table }),
      answer: { status: 200, says: 'The table.', file: 'text/csv' },
      cost: 2,
      handle: (call) =>
        withBriefing(c, call, async ({ state }) => {
          const { table: kind } = call.params;
          return file(await records.csv(state.id, kind), `${state.id}-${kind}.csv`);
        }),
    }),
    ...exports.map(({ path, id, summary, type, build }) =>
      route({
        method: 'get',
        path: `/api/briefings/:briefing/${path}`,
        id,
        summary,
        tag: 'Records',
        may: readers,
        params: ofBriefing,
        answer: { status: 200, says: 'The file.', file: type },
        cost: 5,
        handle: (call) =>
          withBriefing(c, call, async ({ state }) =>
            file(await build(state.id), `${state.id}-${path}`),
          ),
      }),
    ),
  ];
}

const file = (built: Uint8Array | undefined, name: string): Result =>
  built ? { status: 200, file: built, name } : problem('unknownBriefing');
