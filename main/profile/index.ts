export { takeProfile } from './take-profile.ts';
