/** What the order of lessons needs to know of one. */
interface Place {
  chapter: string;
  href: string;
}

/** What comes after a lesson: a lesson of its chapter, the chapter after it, or nothing yet. */
export type Next<L extends Place> =
  { kind: 'lesson'; lesson: L } | { kind: 'chapter'; chapter: string } | { kind: 'home' };

/** What comes after a lesson, among all lessons in their order. */
export function nextOf<L extends Place>(lessons: readonly L[], { href, chapter }: Place): Next<L> {
  const next = lessons[lessons.findIndex((lesson) => lesson.href === href) + 1];
  if (!next) return { kind: 'home' };
  return next.chapter === chapter
    ? { kind: 'lesson', lesson: next }
    : { kind: 'chapter', chapter: next.chapter };
}
