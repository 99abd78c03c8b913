import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPassword, isOldHash, isPassword } from '../../core/access/password-hash.ts';
import { passwordFault, SHORTEST_PASSWORD } from '../../core/access/password-rules.ts';

const CHEAP = { logN: 4, r: 1, p: 1 };

describe('a hash of a password', () => {
  it('opens for that password alone, whatever its letters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ maxLength: 40 }),
        async (own, other) => {
          const hash = await hashPassword(own, CHEAP);
          expect(await isPassword(own, hash)).toBe(true);
          expect(await isPassword(other, hash)).toBe(other.normalize('NFKC') === own.normalize('NFKC'));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('differs each time, and says with which work it was made', async () => {
    const [one, two] = await Promise.all([
      hashPassword('đồng hồ treo tường', CHEAP),
      hashPassword('đồng hồ treo tường', CHEAP),
    ]);
    expect(one).toMatch(/^scrypt\$4\$1\$1\$/);
    expect(one).not.toBe(two);
    expect(isOldHash(one, CHEAP)).toBe(false);
    expect(isOldHash(one)).toBe(true);
  });

  it('is opened by the same letters typed in another form', async () => {
    const hash = await hashPassword('mật khẩu ế'.normalize('NFD'), CHEAP);
    expect(await isPassword('mật khẩu ế'.normalize('NFC'), hash)).toBe(true);
  });

  it.each([null, '', 'scrypt$4$1$1$x$y', 'plain'])('that is none opens for nothing: %s', async (stored) => {
    expect(await isPassword('', stored, CHEAP)).toBe(false);
    expect(await isPassword('plain', stored, CHEAP)).toBe(false);
  });

  it('is made for many at once without one losing its turn', async () => {
    const hash = await hashPassword('right', CHEAP);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => isPassword(i % 2 === 0 ? 'right' : 'wrong', hash)),
    );
    expect(answers).toEqual(Array.from({ length: 40 }, (_, i) => i % 2 === 0));
  });
});

describe('a password', () => {
  const lan = { login: 'nguyenthilan', name: 'Nguyễn Thị Lan' };

  it.each([
    ['ngắn thôi', 'passwordShort'],
    ['x'.repeat(201), 'passwordLong'],
    ['Nguyễn Thị Lan', 'passwordLikeName'],
    ['nguyenthilan1', 'passwordLikeName'],
    ['password123', 'passwordEasy'],
    ['Mật khẩu 1', 'passwordEasy'],
    ['1234567890', 'passwordEasy'],
    ['ababababab', 'passwordEasy'],
    ['xe đạp của bà ngoại', undefined],
    ['correct horse battery', undefined],
  ])('%s is taken or refused with a reason', (password, fault) => {
    expect(passwordFault(password, lan)).toBe(fault);
  });

  it(`of fewer than ${SHORTEST_PASSWORD} characters is never taken`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: SHORTEST_PASSWORD - 1 }), (password) => {
        expect(passwordFault(password, lan)).toBe('passwordShort');
      }),
    );
  });
});
