import { describe, expect, it } from 'vitest';
import { type RouteName, routes } from '../../core/api/contract.ts';
import { buildOpenApi } from '../../core/api/openapi.ts';
import type { RouteDefinition } from '../../core/api/route.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const document = buildOpenApi('1.2.3') as unknown as Document;

describe('the API description', () => {
  it('has every route of the contract and no other', () => {
    const described = Object.values(document.paths).flatMap((path) => Object.values(path));
    const names = described.map((operation) => operation.operationId).sort();
    expect(names).toEqual((Object.keys(routes) as RouteName[]).sort());
    expect(names.length).toBeGreaterThanOrEqual(45);
    expect(document.openapi).toBe('3.1.0');
  });

  it('names every parameter of every path', () => {
    let checked = 0;
    for (const route of Object.values(routes) as RouteDefinition[]) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      const operation = document.paths[path]?.[route.method.toLowerCase()];
      const wanted = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
      const found = operation?.parameters.filter((one) => one.in === 'path').map((one) => one.name);
      expect(found, route.path).toEqual(wanted);
      checked += wanted.length;
    }
    expect(checked).toBeGreaterThan(10);
  });

  it('refers only to schemas that it has', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(40);
    for (const [, name = ''] of refs) expect(document.components.schemas, name).toHaveProperty([name]);
    expect(JSON.stringify(document)).not.toContain('"#/$defs');
  });

  it('says what comes back and that everything may fail with a problem', () => {
    const list = document.paths['/api/calls']?.['get'];
    expect(list?.responses['200']?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/CallPage' } },
    });
    expect(list?.responses['default']?.content).toHaveProperty(['application/problem+json']);
    expect(list?.parameters.find((one) => one.name === 'limit')?.required).toBe(false);
    expect(document.components.schemas['Call']).toMatchObject({ type: 'object' });
  });
});
