import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';
import { EMPTY_BLOB, keepOnly, type CacheRule } from './cache-blob.ts';

/**
 * MSAL's cache as a text in memory. The hooks do all their work before they return: MSAL empties its own memory at the
 * start of each silent call, and while a hook waited, other calls would find it empty and save it so.
 */
export class TokenCache implements ICachePlugin {
  #blob: string;
  #rule: CacheRule | undefined;
  #changed: ((blob: string) => void) | undefined;

  constructor(blob: string = EMPTY_BLOB) {
    this.#blob = blob;
  }

  get blob(): string {
    return this.#blob;
  }

  /**
   * From now on the cache holds only what `rule` allows, and `changed` hears of each new text. The rule is applied at each
   * write, since MSAL's memory, and calls under way, may still bring back what was taken out.
   */
  keepTo(rule: CacheRule, changed: (blob: string) => void): void {
    this.#rule = rule;
    this.#changed = changed;
    this.#replace(this.#blob);
  }

  /** Nobody hears of changes any more; calls still under way change a text that is thrown away. */
  detach(): void {
    this.#changed = undefined;
    this.#blob = EMPTY_BLOB;
  }

  /**
   * Replaces the text whole and applies the rule anew. MSAL merges what it reads into its memory, so the caller empties that
   * (`clearCache`) in the same turn.
   */
  update(change: (blob: string) => string): void {
    this.#replace(change(this.#blob));
  }

  beforeCacheAccess(context: TokenCacheContext): Promise<void> {
    context.tokenCache.deserialize(this.#blob);
    return Promise.resolve();
  }

  afterCacheAccess(context: TokenCacheContext): Promise<void> {
    if (context.cacheHasChanged) this.#replace(context.tokenCache.serialize());
    return Promise.resolve();
  }

  #replace(blob: string): void {
    const kept = this.#rule === undefined ? blob : keepOnly(blob, this.#rule);
    if (kept === this.#blob) return;
    this.#blob = kept;
    this.#changed?.(kept);
  }
}
