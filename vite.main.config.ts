import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Everything that runs in Node: the two hosts, the catalog's worker and the emulator's process. */
export default defineConfig({
  root: source('.'),
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: {
        shell: source('main/shell/main.ts'),
        web: source('main/web/main.ts'),
        'catalog-worker': source('main/catalog/worker/main.ts'),
        emulator: source('emulator/main.ts'),
      },
      external: ['electron', 'better-sqlite3', /^node:/],
      // All in one folder, so that `new URL('./catalog-worker.js', import.meta.url)` holds in every chunk.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  // Bundled whole: then better-sqlite3 alone has to be packed beside the app.
  ssr: { noExternal: true },
});
