import { globSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** Each surface is a page of its own: client/kiosk/index.html becomes client/dist/kiosk/index.html. */
const pages = globSync('*/index.html', { cwd: root }).map((page) => join(root, page));

export default defineConfig({
  root,
  plugins: [preact()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The pages are for kiosks and consoles that the office itself keeps up to date.
    target: 'es2023',
    // Tokens say both themes at once: light-dark().
    cssTarget: 'chrome133',
    sourcemap: true,
    rolldownOptions: { input: pages },
  },
});
