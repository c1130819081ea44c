import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/index.ts';

/** The contract, to be filled with handlers; one file a capability does so, and `router.ts` puts them together. */
// Named, as the type written out is longer than the compiler will put into a declaration.
export const bridge: ReturnType<typeof implement<typeof contract>> = implement(contract);
