import { parentPort } from 'node:worker_threads';

/** The setting's name whose reading ends the worker before it answers. */
const LAST_WORDS = 'die now';

parentPort?.on('message', (message: { readonly args?: readonly unknown[] }) => {
  // In a worker this ends the thread at once, and nothing else.
  if (message.args?.[0] === LAST_WORDS) process.exit(70);
});
