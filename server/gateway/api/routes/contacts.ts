import { z } from 'zod';
import { id } from '../../../protocol/plan.ts';
import type { ContactsPort } from '../ports.ts';
import { problem } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { ofBriefing } from '../schemas.ts';
import { type Context, withBriefing } from './context.ts';

const contacts = z.record(id, z.array(z.email().max(254)).max(8));
const body = z.strictObject({ contacts });

/** Where the people of each point are written to: invitations, reminders, deadlines. */
export function contactRoutes(c: Context, port: ContactsPort): Route[] {
  const may = ['office', 'chair', 'secretary'] as const;
  const path = '/api/briefings/:briefing/contacts';
  return [
    route({
      method: 'get',
      path,
      id: 'getContacts',
      summary: 'The e-mail addresses of each point; they are in no journal and no archive.',
      tag: 'Planning',
      may,
      params: ofBriefing,
      answer: { status: 200, says: 'The addresses by point.', json: body },
      handle: (call) =>
        withBriefing(c, call, async () => ({
          status: 200,
          json: { contacts: await port.get(call.params.briefing) },
        })),
    }),
    route({
      method: 'put',
      path,
      id: 'setContacts',
      summary: 'Sets the addresses of all points. Who is new among them is written to at once.',
      tag: 'Planning',
      may,
      params: ofBriefing,
      body,
      answer: { status: 204, says: 'They are set.' },
      cost: 2,
      handle: (call) =>
        withBriefing(c, call, async ({ state }) => {
          const given = call.body.contacts;
          const unknown = Object.keys(given).find((seat) => !Object.hasOwn(state.seats, seat));
          if (unknown !== undefined) return problem('unknownSeat');
          await port.set(call.params.briefing, given);
          return { status: 204 };
        }),
    }),
  ];
}
