import { z } from 'zod';
import { commandEnvelope } from '../../protocol/commands.ts';
import type { Answer, Route } from './route.ts';
import { xlsxType } from './route.ts';
import { named } from './schemas.ts';

/** What answers say of what went wrong (RFC 9457); `refusal` is a closed list. */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'refusal'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    refusal: { type: 'string', description: 'Why, from a closed list of codes.' },
    detail: { type: 'string' },
    faults: { type: 'array', items: { type: 'object' } },
    conflicts: { type: 'array', items: { type: 'object' } },
  },
} as const;

const problems: Readonly<Record<string, string>> = {
  400: 'The request is malformed.',
  401: 'There is no pass, or it is not ours.',
  403: 'The pass does not permit it.',
  404: 'There is no such thing.',
  409: 'The rules refuse it as things stand.',
  413: 'The body is too large.',
  422: 'What was handed in contradicts itself; every fault is named with its place.',
  429: 'Too many requests.',
  500: 'A fault of the server, which is in its log.',
  503: 'Control is paused: try again with the same id.',
};

type Json = Readonly<Record<string, unknown>>;

/** The routes as an OpenAPI 3.1 document; what they take and give comes from their zod schemas. */
export function openApi(routes: readonly Route[]): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...named, Command: commandEnvelope })) {
    registry.add(schema, { id });
  }
  const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      // What JSON cannot say (a time zone that the runtime knows, a file) is left open.
      unrepresentable: 'any',
    });
    return rest;
  };
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  const components = Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method] = operation(route, jsonSchema);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'diemcau',
      version: '1',
      description:
        'Everything that the consoles do, over HTTP. A pass is what a link carries after its #; it is sent as a bearer token, and its role decides what it may do.',
    },
    security: [{ pass: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { pass: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { ...components, Problem: problemSchema },
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          {
            description,
            content: {
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
            },
          },
        ]),
      ),
    },
  };
}

type ToJson = (schema: z.ZodType, io: 'input' | 'output') => unknown;

function operation(route: Route, jsonSchema: ToJson): Json {
  const { id, summary, tag, may, body, takesFile, answer } = route;
  return {
    operationId: id,
    summary,
    description: `For: ${may.join(', ')}.`,
    tags: [tag],
    parameters: [
      ...parameters(route.params, 'path', jsonSchema),
      ...parameters(route.query, 'query', jsonSchema),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: takesFile
          ? { [xlsxType]: { schema: {} } }
          : { 'application/json': { schema: referred(body, jsonSchema) } },
      },
    }),
    responses: {
      [answer.status]: good(answer, jsonSchema),
      ...Object.fromEntries(
        Object.keys(problems).map((status) => [
          status,
          { $ref: `#/components/responses/Problem${status}` },
        ]),
      ),
    },
  };
}

function parameters(
  schema: z.ZodObject | undefined,
  where: 'path' | 'query',
  jsonSchema: ToJson,
): readonly Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, of]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: jsonSchema(of as z.ZodType, 'output'),
  }));
}

function good({ says, json, file }: Answer, jsonSchema: ToJson): Json {
  const content = json
    ? { 'application/json': { schema: referred(json, jsonSchema) } }
    : file
      ? { [file]: { schema: {} } }
      : undefined;
  return { description: says, ...(content && { content }) };
}

/** A schema that has a name stands under it once, and is referred to from elsewhere. */
function referred(schema: z.ZodType, jsonSchema: ToJson): unknown {
  const name = Object.entries({ ...named, Command: commandEnvelope }).find(
    ([, each]) => each === schema,
  )?.[0];
  return name ? { $ref: `#/components/schemas/${name}` } : jsonSchema(schema, 'input');
}
