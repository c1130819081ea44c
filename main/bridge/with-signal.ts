/** The call's signal as the services take it: exact optional properties want it left out, not `undefined`. */
export function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
