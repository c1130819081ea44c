/** Who is signed in, and which account and application work in which tenant. */
export { AccountsService, type AccountsParts } from './accounts-service.ts';
export { toAuthAccess, toTold } from './tenant-access.ts';
