export { AccountMenuItems } from './account-menu-items.tsx';
export { SettingsView } from './settings-view.tsx';
