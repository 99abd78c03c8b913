import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { definitionJsonSchema } from '../../core/formats/definition-schema.ts';
import { readDefinition, readDefinitionText } from '../../core/formats/read-definition.ts';
import { files } from '../../parsers/generic/index.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** A definition that is right, to spoil in one place. */
const right = () => ({
  formatVersion: 1,
  id: 'own-lobby',
  vendor: 'Lobby',
  title: 'Lobby exchange',
  models: ['1'],
  transports: ['file'],
  confidence: 'unconfirmed',
  layouts: [
    {
      kind: 'columns',
      fields: [
        { at: { start: 1, width: 8 }, means: 'date' },
        { at: { start: 10, width: 5 }, means: 'time' },
        { at: { start: 16, width: 4 }, means: 'extension' },
      ],
    },
  ],
  defaults: { dateOrder: 'DMY' },
  codeFields: [],
});

describe('the schema of definition files', () => {
  it('is published as it is: docs/format-definition.schema.json (tollbook formats schema prints it)', () => {
    const published = readFileSync(path.join(ROOT, 'docs', 'format-definition.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(definitionJsonSchema());
  });

  it.each(files.map((file) => [(file as { id: string }).id, file] as const))('takes the built-in %s', (_id, file) => {
    expect(readDefinition(file, 'en').problems).toEqual([]);
  });

  it('says in both languages where a file is wrong and what to do', () => {
    const wrong = { ...right(), colour: 'red', confidence: 'maybe' };
    const english = readDefinition(wrong, 'en').problems;
    expect(english).toContainEqual({ path: '', message: expect.stringContaining('colour') });
    expect(english).toContainEqual({ path: 'confidence', message: expect.stringContaining('proved') });
    expect(readDefinition(wrong, 'vi').problems[0]?.message).toMatch(/[ăâđêôơưãạ]/);
  });

  it('names the place of a field inside its union', () => {
    const wrong = right();
    Object.assign(wrong.layouts[0]?.fields[2] ?? {}, { means: 'extension', accepts: 'letters' });
    expect(readDefinition(wrong, 'en').problems.map(({ path: at }) => at)).toEqual(['layouts.0.fields.2.accepts']);
  });

  it('refuses places that overlap, a shape without a time, and a code field that no field is', () => {
    const overlapping = right();
    Object.assign(overlapping.layouts[0]?.fields[2]?.at ?? {}, { start: 14 });
    expect(readDefinition(overlapping, 'en').problems[0]?.path).toBe('layouts.0.fields.2.at');
    const timeless = right();
    timeless.layouts[0]?.fields.splice(1, 1);
    expect(readDefinition(timeless, 'en').problems[0]?.path).toBe('layouts.0.fields');
    const codeless = { ...right(), codeFields: ['account'] };
    expect(readDefinition(codeless, 'en').problems[0]?.path).toBe('codeFields.0');
    expect(readDefinition(right(), 'en').problems).toEqual([]);
  });

  it('refuses text that is no JSON with a sentence', () => {
    expect(readDefinitionText('{', 'en')).toMatchObject({ definition: undefined, problems: [{ path: '' }] });
  });
});
