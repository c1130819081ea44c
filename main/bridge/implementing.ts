import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/index.ts';

/** The contract, to be filled with handlers; one file a capability does so, and `router.ts` puts them together. */
export const bridge = implement(contract);
