import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const meta = /(<meta http-equiv="content-security-policy" content=")([^"]*)(">)/;
const listed = /^(?:script|style)-src /;

/**
 * Gives every page a policy that allows its own scripts and styles and nothing else: Astro lists the
 * hashes of all pages, and of scripts of its own that none has.
 */
export function ownPolicies(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    const path = join(entry.parentPath, entry.name);
    writeFileSync(path, ownPolicy(readFileSync(path, 'utf8')));
  }
}

/**
 * A page with the hashes of what stands in it as its script-src and style-src (CSP Level 3, §2.3.1);
 * other directives stay as they are.
 * @throws if the page has no policy: then something would be allowed that nobody meant to allow
 */
export function ownPolicy(html: string): string {
  const [, , before] = meta.exec(html) ?? [];
  if (before === undefined)
    throw new Error('[site build] a page without a policy: expected a <meta> with one.');
  const scripts = [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];
  const inline = scripts.filter(
    ([, attributes]) => !/ (src|type="application\/)/.test(attributes!),
  );
  const styles = [...html.matchAll(/<style[^>]*>([^]*?)<\/style>/g)];
  const policy = [
    ...before
      .split(';')
      .map((directive) => directive.trim())
      .filter((directive) => directive !== '' && !listed.test(directive)),
    allow('script-src', [
      ...(scripts.some(([, attributes]) => / src=/.test(attributes!)) ? ["'self'"] : []),
      ...inline.map(([, , text]) => hashOf(text!)),
    ]),
    allow(
      'style-src',
      styles.map(([, text]) => hashOf(text!)),
    ),
  ].join(';');
  return html.replace(meta, (_, start: string, __, end: string) => `${start}${policy}${end}`);
}

const allow = (name: string, sources: readonly string[]): string =>
  `${name} ${sources.length > 0 ? sources.join(' ') : "'none'"}`;

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
