import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { ChangePreparer } from './change-preparer.ts';
import { ChangeUnits } from './change-units.ts';
import { DirectorySearch } from './directory.ts';
import { Imports } from './imports.ts';
import { OwnerLists } from './owner-lists.ts';
import type { PoliciesOptions } from './policies-options.ts';
import { PolicyChanges } from './policy-changes.ts';
import { PolicyReader } from './policy-reader.ts';

/** Protection policies: read, changed by documents, and what is added to them looked for in the directory or taken from a list. */
export interface PoliciesService {
  readonly reader: PolicyReader;
  readonly changes: PolicyChanges;
  readonly directory: DirectorySearch;
  readonly imports: Imports;
  readonly ownerLists: OwnerLists;
  /** Ends what is sent in a tenant that is to be forgotten, and drops what is kept of it. */
  readonly endTenant: (tenantId: TenantId) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createPoliciesService(options: PoliciesOptions): PoliciesService {
  const imports = new Imports();
  const ownerLists = new OwnerLists();
  const reader = new PolicyReader(options);
  const preparer = new ChangePreparer(options, reader, new ChangeUnits(options, imports, ownerLists));
  const changes = new PolicyChanges(options, reader, preparer);
  return {
    reader,
    changes,
    directory: new DirectorySearch(options),
    imports,
    ownerLists,
    endTenant: async tenantId => {
      await changes.forget(tenantId);
      reader.forget(tenantId);
      imports.forget(tenantId);
      ownerLists.forget(tenantId);
    },
    stop: async () => changes.stop(),
  };
}

export type { OwnerLists } from './owner-lists.ts';
export type { PoliciesOptions } from './policies-options.ts';
