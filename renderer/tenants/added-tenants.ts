import type { Readiness, Tenant } from '../../shared/contract/tenants.ts';

/** A tenant just added, and what its readiness check found. */
export interface Added {
  readonly tenant: Tenant;
  readonly readiness: Readiness;
  /** Whether it stood in the console before; it was looked at again then, and nothing was added. */
  readonly wasThere: boolean;
}

/** Notes an answer, each tenant once and the newest answer first: it says what the last command did. */
export function noteAdded(known: readonly Added[], answer: Added): readonly Added[] {
  return [answer, ...known.filter(({ tenant }) => tenant.id !== answer.tenant.id)];
}
