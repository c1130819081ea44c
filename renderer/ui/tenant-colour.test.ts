import { describe, expect, it } from 'vitest';
import { initialsOf, tenantColour, tenantColours } from './tenant-colour.ts';

/** WCAG contrast of white on a hex colour. */
function contrastWithWhite(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(index => Number.parseInt(hex.slice(index, index + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

describe('tenant square', () => {
  it.each([
    ['Contoso Nordics Oy', 'CN'],
    ['Northwind Traders Ltd', 'NT'],
    ['Fabrikam', 'FA'],
    ['Région Romande & Søn', 'RR'],
    ['京都 商会', '京商'],
    ['', '?'],
    ['Oy', '?'],
  ])('%j has the initials %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
  it('has colours that white can be read on', () => {
    for (const colour of tenantColours) expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5);
  });
  it('takes any index', () => {
    expect(tenantColour(8)).toBe(tenantColour(0));
    expect(tenantColour(-3)).toBe(tenantColour(3));
  });
});
