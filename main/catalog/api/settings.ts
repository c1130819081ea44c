import type { Json } from './json.ts';

/** Named settings, each a JSON value: the console's own, or one tenant's (deleted when it is forgotten). */
export interface SettingsCatalog {
  get(name: string, tenantId?: string): Promise<Json | undefined>;
  set(name: string, value: Json, tenantId?: string): Promise<void>;
  remove(name: string, tenantId?: string): Promise<void>;
  /** All of the console's own, by name. */
  all(): Promise<Record<string, Json>>;
}
