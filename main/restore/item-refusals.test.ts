import { describe, expect, it } from 'vitest';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { REASON_UNTOLD, toItemRefusals } from './item-refusals.ts';

const item = (name: string): RestoreItem => ({ unitId: `unit-${name}`, kind: 'site', restorePointId: `point-${name}` });
const failure = (code: string, named: object = {}) => ({ code, message: `${code}.`, graph: {}, ...named });
const codesOf = (missing: readonly RestoreItem[], failures: Parameters<typeof toItemRefusals>[1]) =>
  toItemRefusals(missing, failures, { requestId: 'r' }).map(({ unitId, refusal }) => [unitId, refusal.code]);

describe('why items were not taken', () => {
  it.each([{ id: 'point-a' }, { contentId: 'unit-a' }, { graph: { restorePoint: { id: 'point-a' } } }])(
    'is told of the item that the failure names by %j, wherever it stands',
    named => {
      expect(codesOf([item('a'), item('b')], [failure('Other'), failure('Own', named)])).toEqual([
        ['unit-a', 'Own'],
        ['unit-b', 'Other'],
      ]);
    },
  );

  it('is told of each where all give the same', () => {
    expect(codesOf([item('a'), item('b')], [failure('Same'), failure('Same')])).toEqual([
      ['unit-a', 'Same'],
      ['unit-b', 'Same'],
    ]);
  });

  it('is told of none where several are given, or fewer than items: they are named together', () => {
    for (const failures of [
      [failure('One'), failure('Two')],
      [failure('One'), failure('Two'), failure('One')],
    ]) {
      const refusals = toItemRefusals([item('a'), item('b')], failures, { requestId: 'r' });
      for (const { refusal } of refusals) {
        expect(refusal).toMatchObject({ code: REASON_UNTOLD, requestId: 'r' });
        expect(refusal.message).toContain('One: One.; Two: Two.');
      }
    }
    expect(codesOf([item('a'), item('b')], [failure('One')]).map(([, code]) => code)).toEqual([
      REASON_UNTOLD,
      REASON_UNTOLD,
    ]);
  });
});
