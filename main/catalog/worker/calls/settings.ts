import type { SettingsCatalog } from '../../api/settings.ts';
import type { Store } from '../store.ts';
import type { HandlersOf } from './handlers.ts';

export const settingsCalls = (store: Store): HandlersOf<SettingsCatalog> => ({
  get: (name, tenantId) => store.work.settings.get(name, tenantId),
  set: (name, value, tenantId) => {
    store.work.settings.set(name, value, tenantId);
  },
  remove: (name, tenantId) => {
    store.work.settings.remove(name, tenantId);
  },
  all: () => store.work.settings.all(),
});
