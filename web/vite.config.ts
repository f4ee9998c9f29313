import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [react(), precompressed()],
  // The server puts a fresh nonce in its place with each answer: api/trpc/portal-files.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  server: { host: '127.0.0.1', proxy: { '/trpc': 'http://127.0.0.1:3000' } },
});

/** Writes `.br` and `.gz` beside scripts and styles: the server sends them as they are. */
function precompressed(): Plugin {
  const encodings = { br: promisify(brotliCompress), gz: promisify(gzip) };
  return {
    name: 'precompressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const paths = Object.keys(bundle).filter((name) => /\.(?:js|css)$/.test(name));
      await Promise.all(
        paths.map(async (name) => {
          const path = join(dir, name);
          const source = await readFile(path);
          for (const [ending, compress] of Object.entries(encodings)) {
            await writeFile(`${path}.${ending}`, await compress(source));
          }
        }),
      );
    },
  };
}
