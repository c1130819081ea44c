export { RestoreWizard } from './restore-wizard.tsx';
export { destinationWords } from './where-words.ts';
