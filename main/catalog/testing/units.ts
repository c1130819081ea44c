import type { ProtectionUnit, UnitKind } from '../../../shared/domain/protection-unit.ts';

export const TENANT = '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01';
export const OTHER_TENANT = '7d9e2a44-1b1f-4c8e-8f55-90c3a1d7e802';

/** A whole, valid unit of a kind; override what matters. */
export const aUnit = (id: string, overrides: Partial<ProtectionUnit> = {}): ProtectionUnit => {
  const kind: UnitKind = overrides.kind ?? 'site';
  return {
    id,
    kind,
    name: `Name of ${id}`,
    ownerKey: `owner of ${id}`,
    status: 'protected',
    sources: ['manual'],
    ...overrides,
  };
};

export const anAddedTenant = (id = TENANT, displayName = 'Contoso') => ({
  id,
  displayName,
  domain: `${displayName.toLowerCase()}.example`,
  addedAt: 1_790_000_000,
});
