/** The contract as OpenAPI 3.1, made from the same schemas that check every request. */
import { z } from 'zod';
import * as contract from './contract.ts';
import { routes } from './contract.ts';
import type { RouteDefinition } from './route.ts';

type Json = Record<string, unknown>;

const SCHEMAS = '#/components/schemas/';

/** Named schemas of the contract, so that answers refer to `Call` instead of repeating it. */
function namedSchemas(): Readonly<Record<string, Json>> {
  const registry = z.registry<{ id: string }>();
  for (const [name, value] of Object.entries(contract)) {
    if (value instanceof z.ZodType) registry.add(value, { id: name });
  }
  for (const [name, route] of Object.entries(routes)) {
    const { response } = route as RouteDefinition;
    if (response !== undefined && !registry.has(response)) registry.add(response, { id: responseName(name) });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: 'output',
    unrepresentable: 'any',
    uri: (id) => `${SCHEMAS}${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _dialect, $id: _address, ...rest } = schema as Json;
      return [name, rest];
    }),
  );
}

function responseName(routeName: string): string {
  return `${routeName.charAt(0).toUpperCase()}${routeName.slice(1)}Response`;
}

function inputSchema(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return rest;
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = inputSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function bodyOf(route: RouteDefinition): Json | undefined {
  if (route.accepts === 'bytes') {
    return {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  }
  if (route.body === undefined) return undefined;
  return { required: true, content: { 'application/json': { schema: inputSchema(route.body) } } };
}

function answerOf(name: string, route: RouteDefinition, names: ReadonlyMap<z.ZodType, string>): Json {
  const problem = {
    description: 'A problem (RFC 9457) in the language asked for',
    content: { 'application/problem+json': { schema: { $ref: `${SCHEMAS}Problem` } } },
  };
  if (route.produces === 'events') {
    const stream = { 'text/event-stream': { schema: { $ref: `${SCHEMAS}LiveEvent` } } };
    return { 200: { description: 'Events; the data of each is a LiveEvent', content: stream }, default: problem };
  }
  if (route.produces === 'file') {
    const file = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
    return { 200: { description: 'A file', content: file }, default: problem };
  }
  if (route.response === undefined) return { 204: { description: 'Done' }, default: problem };
  const schema = { $ref: `${SCHEMAS}${names.get(route.response) ?? responseName(name)}` };
  return { 200: { description: 'Done', content: { 'application/json': { schema } } }, default: problem };
}

/** `version` is the program's. */
export function buildOpenApi(version: string): Json {
  const names = new Map<z.ZodType, string>();
  for (const [name, value] of Object.entries(contract)) if (value instanceof z.ZodType) names.set(value, name);
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, RouteDefinition][]) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const requestBody = bodyOf(route);
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: {
        operationId: name,
        summary: route.summary,
        parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
        ...(requestBody && { requestBody }),
        responses: answerOf(name, route, names),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tollbook', version },
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'tollbook' } },
    },
    security: [{ session: [] }],
  };
}
