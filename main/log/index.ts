export { openLog } from './log-file.ts';
