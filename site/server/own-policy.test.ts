import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownPolicy } from './own-policy.ts';

const page = (policy: string, rest: string): string =>
  `<head><meta http-equiv="content-security-policy" content="${policy}"></head>${rest}`;
const policyOf = (html: string): string => /content="([^"]*)"/.exec(html)![1]!;
const astro =
  "default-src 'none';img-src 'self'; script-src 'self' 'sha256-a'; style-src 'self' 'sha256-b';";

test('a page without scripts allows none, and its one style', () => {
  const html = page(astro, '<style>b{}</style>');
  assert.equal(
    policyOf(ownPolicy(html)),
    "default-src 'none';img-src 'self';script-src 'none';" +
      "style-src 'sha256-7yqHVAesot11p6HczDsgKRipvI5UPgs97z80zNXlans='",
  );
});

test('what stands in a page is allowed by its hash, what is a file by its origin, data not at all', () => {
  const own = `<script type="module"> go()\n</script>`;
  const withFile = `${own}<script type="module" src="/x.js"></script>`;
  const data = `<script type="application/json">{}</script>`;
  const [a, b, c] = [own, withFile, data].map(
    (rest) => /script-src ([^;]*)/.exec(policyOf(ownPolicy(page(astro, rest))))![1]!,
  );
  assert.equal(a, "'sha256-ozxwiYgmjVXS88Tsj3+Z8YNSYR3PZRWBm2wVKbOqjPU='");
  assert.equal(b, `'self' ${a}`);
  assert.equal(c, "'none'");
});

test('the rest of the page stays, dollar signs and all', () => {
  const rest = '<script>"$&$1"</script><p>$2';
  assert.ok(ownPolicy(page(astro, rest)).endsWith(rest));
});

test('a page without a policy stops the build', () => {
  assert.throws(() => ownPolicy('<html></html>'), /a page without a policy/);
});
