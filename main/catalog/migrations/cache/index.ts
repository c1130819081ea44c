import type { FileHistory } from '../migration.ts';
import { first } from './001-first.ts';
import { controllerChange } from './002-controller-change.ts';
import { unitText } from './003-unit-text.ts';
import { unitStanding } from './004-unit-standing.ts';

/** `cache.db`: what the service told; can be rebuilt by asking again. */
export const cacheHistory: FileHistory = {
  name: 'cache',
  applicationId: 0x42_4b_53_63,
  migrations: [first, controllerChange, unitText, unitStanding],
};
