/**
 * A section of a README that Astro has compiled: from the heading whose id starts so, without it, up
 * to the next heading of its level or above.
 * @throws if there is no such heading: a lesson must not lose its text silently
 */
export function sectionOf(html: string, idStart: string): string {
  const heading = new RegExp(`<h([2-4]) id="${idStart}[^"]*"[^>]*>.*?</h\\1>`, 's').exec(html);
  if (!heading)
    throw new Error(
      `[README] section: got no heading whose id starts with ${idStart}. Try: compare with the page that shows it.`,
    );
  const rest = html.slice(heading.index + heading[0].length);
  const end = rest.search(new RegExp(`<h[1-${heading[1]}][ >]`));
  return (end === -1 ? rest : rest.slice(0, end)).trim();
}
