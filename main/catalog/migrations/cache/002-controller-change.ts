import type { Migration } from '../migration.ts';

/** Who controls a tenant can change without a word of the service: who was last known to, and the last change that was noticed, are kept. */
export const controllerChange: Migration = {
  to: 2,
  up: db => {
    // JSON. (A comment in the statement itself would end up in the table's stored text, and swallow its closing bracket.)
    db.exec('ALTER TABLE tenant ADD COLUMN controller_change TEXT');
  },
};
