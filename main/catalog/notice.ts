/** What was met when the files were opened, or later; each is told once in the console's state. */
export type CatalogNotice =
  /** `cache` could not be read. It was moved to `setAsidePath`, and an empty one took its place. */
  | { readonly code: 'CACHE_SET_ASIDE'; readonly setAsidePath: string }
  /** `work` can't be read. It stays where it is, nothing is written to it; `copyPath` is the newest good copy, if there is one. */
  | { readonly code: 'WORK_UNREADABLE'; readonly workPath: string; readonly copyPath?: string };
