import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LETTERHEAD_LIMITS } from '../../core/model/letterhead.ts';
import { safeName, UniqueNames } from '../../core/reports/batch-names.ts';
import { readLogo } from '../../core/reports/paper/logo.ts';
import { pngOf } from './png.ts';

const icon = readFileSync('build/icon.png');

describe('a logo', () => {
  it('is taken as PNG with its size', () => {
    expect(readLogo(icon)).toMatchObject({ type: 'png', widthPixels: 512, heightPixels: 512 });
  });

  it('is taken in every colour type, also interlaced', () => {
    // 3 by 2 pixels of true colour: two rows with a filter byte each.
    const rows = Buffer.alloc(2 * (1 + 9));
    expect(readLogo(pngOf({ width: 3, height: 2, colour: 2, interlace: 0 }, rows))).toMatchObject({ widthPixels: 3 });
    // Adam7: of its seven passes three have one pixel and the last has a row of three, each row with a filter byte.
    const passes = Buffer.alloc(1 + 3 + (1 + 3) + (1 + 3) + (1 + 9));
    expect(readLogo(pngOf({ width: 3, height: 2, colour: 2, interlace: 1 }, passes))).toMatchObject({ widthPixels: 3 });
  });

  it('is taken as JPEG by the size in its frame', () => {
    const jpeg = Buffer.from('ffd8ffe000040000ffc0000b08001000200101110000ffda0000ffd9', 'hex');
    expect(readLogo(jpeg)).toMatchObject({ type: 'jpeg', widthPixels: 32, heightPixels: 16 });
  });

  it('is refused with what is wrong', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect(readLogo(Buffer.from(svg))).toBe('logoType');
    expect(readLogo(Buffer.from('GIF89a'))).toBe('logoType');
    expect(readLogo(Buffer.alloc(0))).toBe('logoType');
    expect(readLogo(Buffer.alloc(LETTERHEAD_LIMITS.logoBytes + 1))).toBe('logoBytes');
    const wide = { width: LETTERHEAD_LIMITS.logoPixels + 1, height: 1, colour: 0, interlace: 0 };
    expect(readLogo(pngOf(wide, Buffer.alloc(2002)))).toBe('logoPixels');
    expect(readLogo(Buffer.from('ffd8ffe000040000ffda0004ffd9', 'hex'))).toBe('logoBroken');
  });

  it('is refused where any part of it is cut off or changed, and never ends the program', () => {
    for (const at of [9, 20, 30, 60, Math.floor(icon.length / 2), icon.length - 20]) {
      expect(readLogo(icon.subarray(0, at)), `cut at ${at}`).toBe('logoBroken');
      const changed = Buffer.from(icon);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      expect(readLogo(changed), `changed at ${at}`).toBe('logoBroken');
    }
  });

  it('is refused where its pixels are a bomb or too few', () => {
    const header = { width: 100, height: 100, colour: 6, interlace: 0 };
    expect(readLogo(pngOf(header, Buffer.alloc(5_000_000)))).toBe('logoBroken');
    expect(readLogo(pngOf(header, Buffer.alloc(10)))).toBe('logoBroken');
  });
});

describe('names of files in the archive', () => {
  it('keep Vietnamese letters and lose what leads elsewhere', () => {
    expect(safeName('Nguyễn Thị Ước - NV01 - 2026-03', 'x')).toBe('Nguyễn Thị Ước - NV01 - 2026-03');
    expect(safeName('../../etc/passwd', 'x')).toBe('etc passwd');
    expect(safeName('C:\\Windows\\a*b?.pdf', 'x')).toBe('C Windows a b .pdf');
    expect(safeName('a\u202efdp.exe\u0000', 'x')).toBe('a fdp.exe');
    expect(safeName(' ... ', 'x')).toBe('x');
    expect(safeName('NUL', 'x')).toBe('_NUL');
    expect([...safeName('ộ'.repeat(300), 'x')]).toHaveLength(100);
  });

  it('are never the same, whatever the capitals', () => {
    const names = new UniqueNames();
    expect([names.take('Lan', '.pdf'), names.take('LAN', '.pdf'), names.take('lan', '.pdf')]).toEqual([
      'Lan.pdf',
      'LAN (2).pdf',
      'lan (3).pdf',
    ]);
  });
});
