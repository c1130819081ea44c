export { takeProfile, type TakenProfile } from './take-profile.ts';
