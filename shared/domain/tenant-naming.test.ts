import { describe, expect, it } from 'vitest';
import { isTenantNamed } from './tenant-naming.ts';

const minato = { displayName: '株式会社みなと精密工業', domain: 'minato-seimitsu.example' };
const cafe = { displayName: 'Café Nord', domain: '' };

describe('whether a tenant is named', () => {
  it('is by its name, whatever way its letters are written', () => {
    expect(isTenantNamed(' 株式会社みなと精密工業 ', minato)).toBe(true);
    expect(isTenantNamed('Cafe\u0301 Nord', cafe)).toBe(true);
    expect(isTenantNamed('café nord', cafe)).toBe(false);
  });

  it('is by its domain, for a name that can’t be typed', () => {
    expect(isTenantNamed('Minato-Seimitsu.example', minato)).toBe(true);
    expect(isTenantNamed('minato-seimitsu', minato)).toBe(false);
  });

  it('is never by nothing', () => {
    expect(isTenantNamed('  ', minato)).toBe(false);
    expect(isTenantNamed('', cafe)).toBe(false);
  });
});
