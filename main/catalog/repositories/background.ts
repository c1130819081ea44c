import type { Landmark, Pace, Spent } from '../../../shared/domain/background/index.ts';
import { DAY } from '../../../shared/domain/time.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson, toJson } from './columns.ts';
import type { TenantKey } from './tenants.ts';

interface BackgroundRow {
  readonly day: number;
  readonly questions: number;
  readonly pace: string;
}

interface LandmarkRow {
  readonly every: Landmark['every'];
  readonly before: UtcSeconds;
}

/** No landmark is wanted again after so long: a day's is a week's by then, and nothing is kept for longer than this. */
const KEPT = { day: 30 * DAY, week: 1_100 * DAY };

/** `background` and `landmark` of the cache. */
export const backgroundRepository = (db: WritableDb) => {
  const one = db.read<[TenantKey], BackgroundRow>('SELECT day, questions, pace FROM background WHERE tenant = ?');
  const landmarks = db.read<[TenantKey], LandmarkRow>(
    'SELECT every, before_at AS before FROM landmark WHERE tenant = ? ORDER BY before_at DESC, every',
  );
  const spend = db.write<[TenantKey, number, number]>(
    `INSERT INTO background (tenant, day, questions) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET day = excluded.day, questions = excluded.questions`,
  );
  const pace = db.write<[TenantKey, string]>(
    'INSERT INTO background (tenant, pace) VALUES (?, ?) ON CONFLICT DO UPDATE SET pace = excluded.pace',
  );
  const asked = db.write<[TenantKey, string, number, number]>(
    'INSERT OR IGNORE INTO landmark (tenant, every, before_at, asked_at) VALUES (?, ?, ?, ?)',
  );
  const prune = db.write<[TenantKey, number, number]>(
    "DELETE FROM landmark WHERE tenant = ? AND before_at < iif(every = 'day', ?, ?)",
  );
  const clear = db.write<[TenantKey]>('DELETE FROM background WHERE tenant = ?');
  const clearLandmarks = db.write<[TenantKey]>('DELETE FROM landmark WHERE tenant = ?');
  return {
    spent: (tenant: TenantKey): Spent | undefined => {
      const row = one.get(tenant);
      return row === undefined ? undefined : { day: row.day, questions: row.questions };
    },
    /** `undefined` before the first turn. */
    pace: (tenant: TenantKey): Pace | undefined => {
      const row = one.get(tenant);
      // This catalog wrote it itself, with the type that is named here.
      return row === undefined ? undefined : (fromJson(row.pace) as Pace);
    },
    landmarks: (tenant: TenantKey): Landmark[] => landmarks.all(tenant),
    setSpent: (tenant: TenantKey, { day, questions }: Spent) => {
      spend.run(tenant, day, questions);
    },
    setPace: (tenant: TenantKey, of: Pace) => {
      pace.run(tenant, toJson(of));
    },
    addLandmark: (tenant: TenantKey, { every, before }: Landmark, now: UtcSeconds) => {
      asked.run(tenant, every, before, now);
      prune.run(tenant, now - KEPT.day, now - KEPT.week);
    },
    removeAll: (tenant: TenantKey) => {
      clear.run(tenant);
      clearLandmarks.run(tenant);
    },
  };
};
