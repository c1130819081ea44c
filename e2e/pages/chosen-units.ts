import type { GraphUnit, Kind } from '../harness/emulator.ts';

/** The first units of a kind that are protected and whose name is no other's of the kind, in the order that the console lists them. */
export function pickUnits(units: readonly GraphUnit[], kind: Kind, count: number): readonly GraphUnit[] {
  const ofKind = units.filter(unit => unit.kind === kind);
  const picked = ofKind
    .filter(unit => unit.status === 'protected' && ofKind.filter(({ name }) => name === unit.name).length === 1)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, count);
  if (picked.length < count) throw new Error(`The tenant has ${picked.length} ${kind}s to pick from, not ${count}.`);
  return picked;
}
