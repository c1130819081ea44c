import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page over a made-up main, for looking at views while they are drawn. Only ever served by `vite`, never built. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../.cache/vite-testing', import.meta.url)),
  publicDir: false,
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5199, strictPort: true, open: false },
});
