import { describe, expect, it } from 'vitest';
import type { ShownRecord } from '../../../shared/domain/knowledge/index.ts';
import { cacheInMemory } from '../testing/memory-files.ts';

describe('shown', () => {
  it('keeps the records of each unit as they were given', () => {
    const { shown } = cacheInMemory();
    const records: ShownRecord[] = [
      { kind: 'any', askedAt: 100, from: 51, to: 90, pointId: 'p50' },
      { kind: 'any', askedAt: 100, from: 51, to: 100, pointId: 'p50' },
      { kind: 'fast', askedAt: 100, from: 0, to: 100 },
    ];
    shown.replace(1, records);
    shown.replace(2, [{ kind: 'any', askedAt: 5, from: 0, to: 5 }]);
    expect(shown.list(1)).toEqual(records);
    shown.replace(1, []);
    expect(shown.list(1)).toEqual([]);
    expect(shown.list(2)).toHaveLength(1);
  });
});
