import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hour } from './administrator.ts';
import { entries, root, startClient, textOf } from './emulator-client.ts';
import type { EmulatorClient, Json } from './emulator-client.ts';

const running: EmulatorClient[] = [];
afterEach(async () => {
  for (const client of running.splice(0)) await client.stop();
});
const start = async (file?: string): Promise<EmulatorClient> => {
  const client = await startClient({ units: 200, ...(file === undefined ? {} : { file }) });
  running.push(client);
  return client;
};

const unitsOf = async (client: EmulatorClient): Promise<readonly Json[]> =>
  entries((await client.graph('GET', `${root}/protectionUnits?$top=999`)).body['value']);
const waiting = (units: readonly Json[]): readonly string[] =>
  units.filter(({ status }) => status === 'protectRequested').map(unit => textOf(unit, 'id'));

test('units that wait as the world begins become protected within the hour, and then have points; one is stuck', async () => {
  const client = await start();
  const atFirst = waiting(await unitsOf(client));
  expect(atFirst.length).toBeGreaterThan(1);
  expect(await client.newestPoints(atFirst)).toEqual([]);
  await client.advance(hour);
  const units = await unitsOf(client);
  const still = waiting(units);
  expect(still).toHaveLength(1);
  const changed = atFirst.filter(id => !still.includes(id));
  for (const unit of units.filter(({ id }) => changed.includes(String(id)))) {
    expect(unit).toMatchObject({ status: 'protected', error: null });
    expect(textOf(unit, 'lastModifiedDateTime') > '2026-03-06T14:00:00Z').toBe(true);
  }
  await client.advance(3 * hour);
  const points = await client.newestPoints(atFirst);
  expect(points.map(({ unitId }) => unitId).toSorted()).toEqual(changed.toSorted());
  await client.advance(30 * 24 * hour);
  expect(waiting(await unitsOf(client))).toEqual(still);
});

test('they go on waiting where a kept world goes on', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'emulator-')), 'state.db');
  const first = await start(file);
  const atFirst = waiting(await unitsOf(first));
  await first.stop();
  running.length = 0;
  const second = await start(file);
  expect(waiting(await unitsOf(second))).toEqual(atFirst);
  await second.advance(hour);
  expect(waiting(await unitsOf(second))).toHaveLength(1);
});
