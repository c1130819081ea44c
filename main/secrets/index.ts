export { encryptedSecrets, type Encryption } from './encrypted-secrets.ts';
export { memorySecrets } from './memory-secrets.ts';
