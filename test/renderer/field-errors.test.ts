import { describe, expect, test } from 'vitest';
import { ApiFailure } from '../../renderer/api.ts';
import { fieldErrors } from '../../renderer/field-errors.ts';

const refusal = new ApiFailure(
  {
    type: 'about:blank',
    status: 422,
    code: 'invalid-input',
    values: {},
    title: 'Some entries cannot be accepted.',
    fields: [
      { path: 'name', message: 'Enter a value.' },
      { path: 'config.port', message: 'Enter a number.' },
    ],
  },
  undefined,
);

describe('messages at fields', () => {
  test('a message goes once its own field has another value, and the others stay', () => {
    const refused = { name: '', config: { port: Number.NaN } };
    expect(fieldErrors(refusal, refused, refused).at('name')).toBe('Enter a value.');
    const typed = fieldErrors(refusal, refused, { name: 'P', config: { port: Number.NaN } });
    expect(typed.at('name')).toBeUndefined();
    expect(typed.at('config.port')).toBe('Enter a number.');
  });

  test('without a refusal there is no message', () => {
    expect(fieldErrors(null, {}, {}).at('name')).toBeUndefined();
  });
});
