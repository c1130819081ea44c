import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aProfile, openedCatalog } from './testing/profiles.ts';
import { TENANT } from './testing/units.ts';
import { openDatabase } from './worker/database.ts';

const WRITER = fileURLToPath(new URL('testing/write-until-killed.ts', import.meta.url));

/** Starts the writer, and kills it at once when it has said that a round was written: the next write is under way then. */
function writeAndKill(profile: string, atRound: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [WRITER, profile], { stdio: ['ignore', 'pipe', 'inherit'] });
    let round = 0;
    createInterface(writer.stdout).on('line', line => {
      round += 1;
      if (line === `round ${atRound}`) writer.kill('SIGKILL');
    });
    writer.on('error', reject);
    writer.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(round);
      else reject(new Error(`The writer ended by itself with ${code}`));
    });
  });
}

describe('a process killed in the middle of writing', () => {
  it.each([1, 3, 6])(
    'leaves good files that hold all it said was written (round %i)',
    { timeout: 120_000 },
    async atRound => {
      const profile = aProfile();
      const rounds = await writeAndKill(profile, atRound);
      expect(rounds).toBeGreaterThanOrEqual(atRound);

      for (const name of ['cache.db', 'work.db']) {
        const db = openDatabase(join(profile, name));
        expect(db.pragma('integrity_check')).toBe('ok');
        db.close();
      }
      const { catalog, trouble } = await openedCatalog(profile);
      expect(catalog.notices).toEqual([]);

      // Nothing lost: every unit is there, with a name of the last whole round or of the one after it.
      const now = 1_790_000_000 + rounds * 600;
      const { total, rows } = await catalog.units.list({
        tenantId: TENANT,
        filter: {},
        sort: { by: 'name', descending: false },
        window: { offset: 0, limit: 400 },
        now,
      });
      expect(total).toBe(400);
      expect(rows.filter(row => !new RegExp(`in round (${rounds}|${rounds + 1})$`).test(row.name))).toEqual([]);

      // Of an answer each unit is written wholly or not at all: its newest point is that of this round or of an earlier one.
      const certainties = await catalog.knowledge.newestBefore({
        tenantId: TENANT,
        unitIds: rows.map(row => row.id),
        incidentAt: now,
        now,
      });
      expect(certainties).toHaveLength(400);
      for (const { any } of certainties) {
        const at = 'point' in any && any.point !== null ? any.point.at : 0;
        expect(at).toBeGreaterThanOrEqual(rounds === 1 ? 0 : 1_790_000_000 + (rounds - 1) * 600 - 7_200);
      }

      const intents = await catalog.intents.list(TENANT);
      expect(intents.slice(0, rounds).map(intent => intent.about)).toEqual(
        Array.from({ length: rounds }, (_, index) => `${index + 1}`),
      );
      expect(intents.slice(0, rounds - 1).map(intent => intent.outcomes.map(outcome => outcome.outcome))).toEqual(
        Array.from({ length: rounds - 1 }, () => ['done']),
      );
      expect(trouble).toEqual([]);
    },
  );
});
