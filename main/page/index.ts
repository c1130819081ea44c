export { contentSecurityPolicy, pageHeaders } from './content-security-policy.ts';
export { openPageFiles, PageMissingError, type PageFile, type PageFiles } from './page-files.ts';
