import { z } from 'zod';
import type { BriefingState } from '../../../domain/briefing.ts';
import type { SeatId } from '../../../domain/ids.ts';
import { type PageRole, pageUrl, signPass } from '../../identity.ts';
import type { CallerRole } from '../callers.ts';
import { problem } from '../problem.ts';
import { type Route, route } from '../route.ts';
import { link, ofBriefing } from '../schemas.ts';
import { type Context, withBriefing } from './context.ts';

/**
 * Whose links a caller is given: nobody gets a pass with more say than their own. Technicians set
 * up the wall and the sites, and have no say in the briefing.
 */
const givenTo: Readonly<Record<CallerRole, readonly PageRole[]>> = {
  office: ['chair', 'secretary', 'wall', 'technician', 'point'],
  chair: ['chair', 'secretary', 'wall', 'technician', 'point'],
  secretary: ['chair', 'secretary', 'wall', 'technician', 'point'],
  technician: ['wall', 'technician', 'point'],
  wall: [],
  point: [],
};

/** Links for people and sites, and the media nodes for those who look after them. */
export function officeRoutes(c: Context): Route[] {
  const answer = {
    status: 200,
    says: 'The signed links, points in protocol order.',
    json: z.object({ links: z.array(link) }),
  } as const;
  const may = ['office', 'chair', 'secretary', 'technician'] as const;
  return [
    route({
      method: 'get',
      path: '/api/briefings/:briefing/links',
      id: 'getLinks',
      summary: 'The links of a briefing: each opens a page with the rights of its role.',
      tag: 'Office',
      may,
      params: ofBriefing,
      answer,
      handle: (call) =>
        withBriefing(c, call, async ({ state }) => {
          const roles = givenTo[call.caller.role];
          return { status: 200, json: { links: await links(c, state, { ...call, roles }) } };
        }),
    }),
    route({
      method: 'get',
      path: '/api/links',
      id: 'getOwnPointLinks',
      summary: 'The links of the points of the pass’s own briefing.',
      tag: 'Office',
      may: ['chair', 'secretary', 'technician'],
      answer,
      handle: async (call) => {
        if (!('identity' in call.caller)) return problem('notPermitted');
        const { briefing } = call.caller.identity;
        return withBriefing(c, { ...call, params: { briefing } }, async ({ state }) => ({
          status: 200,
          json: { links: await links(c, state, { ...call, roles: ['point'] }) },
        }));
      },
    }),
    route({
      method: 'get',
      path: '/api/nodes',
      id: 'getNodes',
      summary: 'The media nodes as this server knows them.',
      tag: 'Office',
      may: ['technician'],
      answer: {
        status: 200,
        says: 'The nodes.',
        json: z.object({ nodes: z.array(z.looseObject({ node: z.string() })) }),
      },
      handle: async () => ({ status: 200, json: { nodes: c.nodes.nodes } }),
    }),
    route({
      method: 'post',
      path: '/api/nodes/:node/drain',
      id: 'drainNode',
      summary: 'Asks a media node to go once its seats have been moved.',
      tag: 'Office',
      may: ['technician'],
      params: z.object({ node: z.string().min(1).max(96) }),
      answer: { status: 202, says: 'It has been asked.', json: z.object({ ok: z.literal(true) }) },
      handle: async ({ params }) =>
        (await c.nodes.drain(params.node))
          ? { status: 202, json: { ok: true } }
          : problem('unknownNode'),
    }),
  ];
}

function links(
  { secret }: Context,
  { id: briefing, seats, chairPoint }: BriefingState,
  o: { readonly base: string; readonly roles: readonly PageRole[] },
) {
  const points = Object.values(seats)
    .filter((s) => s.id !== chairPoint)
    .sort((a, b) => a.order - b.order)
    .map(({ id }) => id);
  const seatsOf = (role: PageRole): readonly (SeatId | null)[] =>
    role === 'point' ? points : [role === 'chair' ? chairPoint : null];
  return Promise.all(
    o.roles
      .flatMap((role) => seatsOf(role).map((seat) => ({ role, seat })))
      .map(async ({ role, seat }) => ({
        role,
        seat,
        url: pageUrl({
          base: o.base,
          role,
          pass: await signPass({ secret, briefing, role, seat }),
        }),
      })),
  );
}
