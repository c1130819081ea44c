export { contentSecurityPolicy, pageHeaders } from './content-security-policy.ts';
export { openPageFiles, type PageFiles } from './page-files.ts';
