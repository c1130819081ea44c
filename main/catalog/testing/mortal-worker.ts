import './mortality.ts';
import '../worker/main.ts';

/** The catalog's worker, which also dies when it is told to (`mortality.ts`). */
