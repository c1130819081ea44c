export { type Composition, openConsole, type OpenConsole } from './open-console.ts';
