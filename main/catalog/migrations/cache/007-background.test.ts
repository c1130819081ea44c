import { expect, it } from 'vitest';
import { fileAt } from '../../testing/memory-files.ts';
import { migrate } from '../migration.ts';
import { cacheHistory } from './index.ts';

it('cache 007-background keeps what a tenant was asked, and each landmark once', () => {
  const db = fileAt(cacheHistory, 6);
  migrate(db, cacheHistory, { to: 7 });
  db.exec("INSERT INTO background (tenant) VALUES (1); INSERT INTO landmark VALUES (1, 'day', 86400, 90000)");
  const all = db.read<[], { day: number; questions: number; pace: string }>(
    'SELECT day, questions, pace FROM background',
  );
  expect(all.all()).toEqual([{ day: 0, questions: 0, pace: '{"isFilled":false}' }]);
  expect(() => db.exec("INSERT INTO landmark VALUES (1, 'day', 86400, 90001)")).toThrow(/UNIQUE/);
});
