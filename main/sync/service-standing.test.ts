import { describe, expect, test } from 'vitest';
import type { ServiceApp } from '../graph/index.ts';
import { toController, toControllingAppId } from './service-standing.ts';

const ours = '11111111-0000-4000-8000-000000000001';
const theirs = '22222222-0000-4000-8000-000000000002';
const app = (id: string, status: string, effectiveAt?: number): ServiceApp => ({
  id,
  status,
  ...(effectiveAt === undefined ? {} : { effectiveAt }),
});
const consumer = (by: string, status = 'disabled') => ({ consumer: by, status });

describe('who controls Backup Storage', () => {
  test('we do, where our app is active, whatever the case of its id', () => {
    expect(toController(consumer('thirdparty'), [app(ours.toUpperCase(), 'active')], ours)).toEqual({ by: 'ours' });
    expect(toController(undefined, [{ ...app('x', 'active'), applicationId: ours }], ours)).toEqual({ by: 'ours' });
  });

  test('we will, from a date on', () => {
    const apps = [app(theirs, 'pendingInactive'), app(ours, 'pendingActive', 1_800_000_000)];
    expect(toController(consumer('thirdparty'), apps, ours)).toEqual({ by: 'pending', fromAt: 1_800_000_000 });
  });

  test('we do until the date that stands at the app that takes over', () => {
    const apps = [app(ours, 'pendingInactive', 1_700_000_000), app(theirs, 'pendingActive', 1_800_000_000)];
    expect(toController(consumer('thirdparty'), apps, ours)).toEqual({ by: 'leaving', untilAt: 1_800_000_000 });
    expect(toController(consumer('thirdparty'), [app(ours, 'pendingInactive')], ours)).toEqual({ by: 'leaving' });
  });

  test('another app does, seen or not', () => {
    expect(toController(consumer('thirdparty'), [app(ours, 'inactive'), app(theirs, 'active')], ours)).toEqual({
      by: 'anotherApp',
    });
    expect(toController(consumer('thirdparty'), [], ours)).toEqual({ by: 'anotherApp' });
    expect(toController(consumer('thirdparty'), undefined, ours)).toEqual({ by: 'anotherApp' });
  });

  test('another app is told by its application, or its own id; ours never is', () => {
    expect(toControllingAppId([app(ours, 'active'), app(theirs, 'pendingInactive')], ours)).toBe(theirs);
    expect(toControllingAppId([{ ...app('x', 'active'), applicationId: theirs }], ours)).toBe(theirs);
    expect(toControllingAppId([app(ours, 'active'), app(theirs, 'inactive')], ours)).toBeUndefined();
  });

  test('Microsoft does, which registers no app', () => {
    expect(toController(consumer('firstparty'), [app(ours, 'inactive')], ours)).toEqual({ by: 'microsoft' });
    expect(toController(consumer('firstparty'), undefined, ours)).toEqual({ by: 'microsoft' });
  });

  test('nobody does', () => {
    expect(toController(consumer('unknown'), [], ours)).toEqual({ by: 'nobody' });
    expect(toController({ status: 'disabled' }, [app(ours, 'inactive')], ours)).toEqual({ by: 'nobody' });
  });

  test('it is not known, where the answers do not tell', () => {
    expect(toController(consumer('fourthparty'), [], ours)).toEqual({ by: 'unknown' });
    // Enabled, it is in somebody's hand: a takeover would need a date ahead.
    expect(toController(consumer('unknown', 'enabled'), [], ours)).toEqual({ by: 'unknown' });
    expect(toController({ status: 'enabled' }, [app(ours, 'inactive')], ours)).toEqual({ by: 'unknown' });
    expect(toController(undefined, [app(ours, 'inactive')], ours)).toEqual({ by: 'unknown' });
    expect(toController(undefined, undefined, ours)).toBeUndefined();
    expect(toController(consumer('unknown'), undefined, ours)).toBeUndefined();
  });
});
