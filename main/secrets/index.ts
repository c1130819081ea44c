export { encryptedSecrets } from './encrypted-secrets.ts';
export { memorySecrets } from './memory-secrets.ts';
