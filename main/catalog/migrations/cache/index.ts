import type { FileHistory } from '../migration.ts';
import { first } from './001-first.ts';
import { controllerChange } from './002-controller-change.ts';
import { unitText } from './003-unit-text.ts';
import { unitTiles } from './004-unit-tiles.ts';
import { filled } from './005-filled.ts';
import { unitStanding } from './006-unit-standing.ts';
import { background } from './007-background.ts';
import { gaps } from './008-gaps.ts';

/** `cache.db`: what the service told; can be rebuilt by asking again. */
export const cacheHistory: FileHistory = {
  name: 'cache',
  applicationId: 0x42_4b_53_63,
  migrations: [first, controllerChange, unitText, unitTiles, filled, unitStanding, background, gaps],
};
