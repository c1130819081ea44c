/**
 * Resolves in a turn of the event loop of its own.
 *
 * MSAL's memory is one store for all calls. Each silent call empties and refills it; each answer refills it, adds to it, and
 * saves it, and between those steps it awaits settled promises. A call that emptied the memory between them would take away
 * what the answer has just brought, or mix up its result. So whatever empties the memory is started here: Node runs all
 * settled promises to their end before the next immediate, and no answer is half taken in then.
 */
export function ownTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
