import { askings } from '../askings.ts';
import type { Store } from '../store.ts';
import { auditCalls } from './audit.ts';
import { backgroundCalls } from './background.ts';
import { gapsCalls } from './gaps.ts';
import type { Handlers } from './handlers.ts';
import { intentsCalls } from './intents.ts';
import { knowledgeCalls } from './knowledge.ts';
import { plansCalls } from './plans.ts';
import { policiesCalls } from './policies.ts';
import { selectionsCalls } from './selections.ts';
import { sessionsCalls } from './sessions.ts';
import { settingsCalls } from './settings.ts';
import { tenantsCalls } from './tenants.ts';
import { unitsCalls } from './units.ts';

/** Every call of the catalog, answered from a store. */
export function handlers(store: Store): Handlers {
  const underWay = askings();
  return {
    tenants: tenantsCalls(store, underWay),
    policies: policiesCalls(store),
    gaps: gapsCalls(store),
    units: unitsCalls(store),
    selections: selectionsCalls(store),
    knowledge: knowledgeCalls(store, underWay),
    sessions: sessionsCalls(store),
    plans: plansCalls(store),
    intents: intentsCalls(store),
    audit: auditCalls(store),
    settings: settingsCalls(store),
    background: backgroundCalls(store),
  };
}
