import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: path.join(import.meta.dirname, 'renderer'),
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'renderer'),
    emptyOutDir: true,
    target: 'chrome120',
    // The page runs under a policy without data: sources, so nothing may be inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
