export { openConsole, type Composition, type ConsoleParts, type OpenConsole } from './open-console.ts';
