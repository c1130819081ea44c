import type { AuditCatalog } from './api/audit.ts';
import type { BackgroundCatalog } from './api/background.ts';
import type { GapsCatalog } from './api/gaps.ts';
import type { IntentsCatalog } from './api/intents.ts';
import type { KnowledgeCatalog } from './api/knowledge.ts';
import type { PlansCatalog } from './api/plans.ts';
import type { PoliciesCatalog } from './api/policies.ts';
import type { SelectionsCatalog } from './api/selections.ts';
import type { SessionsCatalog } from './api/sessions.ts';
import type { SettingsCatalog } from './api/settings.ts';
import type { TenantsCatalog } from './api/tenants.ts';
import type { UnitsCatalog } from './api/units.ts';
import type { CatalogNotice } from './notice.ts';

/** The groups of calls that the worker answers. Every call ends: by its answer, or by an AppFailure. */
export interface CatalogCalls {
  readonly tenants: TenantsCatalog;
  readonly policies: PoliciesCatalog;
  readonly gaps: GapsCatalog;
  readonly units: UnitsCatalog;
  readonly selections: SelectionsCatalog;
  readonly knowledge: KnowledgeCatalog;
  readonly sessions: SessionsCatalog;
  readonly plans: PlansCatalog;
  readonly intents: IntentsCatalog;
  readonly audit: AuditCatalog;
  readonly settings: SettingsCatalog;
  readonly background: BackgroundCatalog;
}

/**
 * The catalog of one profile: what is known of all added tenants, and the technician's own work. Beside the errors that a
 * call names, each may fail with CATALOG_UNAVAILABLE (the worker died; it is started anew by the next call), and each
 * that needs `work` with WORK_UNREADABLE.
 */
export interface Catalog extends CatalogCalls {
  /** What was met so far. Grows when a damaged page is met later; `onNotice` tells of it. */
  readonly notices: readonly CatalogNotice[];
  /** Calls back with every further notice, until the returned function is called. */
  onNotice(listener: (notice: CatalogNotice) => void): () => void;
  /** Ends the worker once the calls under way have ended. Calls made later fail with CATALOG_UNAVAILABLE. */
  close(): Promise<void>;
}
