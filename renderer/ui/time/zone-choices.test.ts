import { describe, expect, it } from 'vitest';
import { elsewhereInWords, zoneChoices } from './zone-choices.ts';

const at = Date.parse('2026-11-20T12:05:00Z') / 1000;
const now = Date.parse('2026-11-23T07:44:00Z') / 1000;

describe('zones to choose from', () => {
  it('are the tenant’s, one’s own and UTC', () => {
    const choices = zoneChoices({ tenantZone: 'Europe/Helsinki', myZone: 'Europe/Brussels', at });
    expect(choices.map(choice => choice.word)).toEqual(['Tenant, EET (Helsinki)', 'Mine, CET (Brussels)', 'UTC']);
    expect(choices.map(choice => choice.short)).toEqual(['Tenant, EET', 'Mine, CET', 'UTC']);
  });
  it('stand once each', () => {
    expect(
      zoneChoices({ tenantZone: 'Europe/Helsinki', myZone: 'Europe/Helsinki', at }).map(choice => choice.zone),
    ).toEqual(['Europe/Helsinki', 'UTC']);
    expect(zoneChoices({ tenantZone: undefined, myZone: 'UTC', at }).map(choice => choice.word)).toEqual(['Mine, UTC']);
  });
  it('say a moment in the others, with its day where that differs', () => {
    const choices = zoneChoices({ tenantZone: 'Europe/Helsinki', myZone: 'Europe/Brussels', at });
    expect(elsewhereInWords(at, 'Europe/Helsinki', choices, now)).toBe('13:05 CET for you, 12:05:00 UTC, 2 d 19 h ago');
    const late = Date.parse('2026-11-20T22:30:00Z') / 1000;
    expect(elsewhereInWords(late, 'Europe/Helsinki', choices, now)).toBe(
      'Fri 20 Nov 23:30 CET for you, Fri 20 Nov 22:30:00 UTC, 2 d 9 h ago',
    );
    expect(elsewhereInWords(at, 'UTC', zoneChoices({ tenantZone: undefined, myZone: 'UTC', at }), now)).toBe(
      '2 d 19 h ago',
    );
  });
});
