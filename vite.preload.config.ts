import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** A sandboxed preload is one CommonJS file that requires nothing but `electron`. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/preload',
    emptyOutDir: true,
    target: 'chrome150',
    sourcemap: false,
    minify: false,
    lib: {
      entry: fileURLToPath(new URL('preload/index.ts', import.meta.url)),
      formats: ['cjs'],
      fileName: () => 'index.cjs',
    },
    rolldownOptions: { external: ['electron'] },
  },
});
