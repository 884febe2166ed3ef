import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { ownStore } from './src/lib/own-store.ts';

// The course server sends this policy's other half: who may frame a page can't be said in a <meta>.
export default defineConfig({
  output: 'static',
  outDir: './dist',
  cacheDir: '../node_modules/.astro',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'always' },
  prefetch: false,
  // Commands need no colours; the styles that Shiki writes on each word would need a weaker policy.
  // Code that has colours gets them by classes, from src/lib/coloured.ts.
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  integrations: [mdx()],
  vite: { plugins: [ownStore()] },
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ],
    },
  },
});
