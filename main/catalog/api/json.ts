/** What JSON can hold. Facts of intents, audit rows and settings are kept as such. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
