export { EventHub } from './event-hub.ts';
export { ConsoleSettings } from './settings.ts';
