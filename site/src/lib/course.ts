/** A chapter of the course, written or not. */
export interface Chapter {
  /** `01-nine-hops`: the name of its folders. */
  slug: string;
  number: number;
  title: string;
  /** The one question that it answers. */
  question: string;
}

/** The course: its chapters, in their order. */
export const chapters: readonly Chapter[] = [
  {
    slug: '01-nine-hops',
    title: 'Nine hops',
    question: 'What do asking and telling look like, message by message?',
  },
  {
    slug: '02-polling',
    title: 'Polling',
    question: 'What does it cost when services keep asking whether there is news?',
  },
  {
    slug: '03-notify',
    title: 'Notify',
    question: 'What happens to an order when its service has to call three others?',
  },
  {
    slug: '04-topics',
    title: 'Topics',
    question: 'How does one message reach everyone who cares, today and later?',
  },
  {
    slug: '05-bus-down',
    title: 'Bus down',
    question: 'What is lost when the bus dies, and what does it take to lose nothing?',
  },
  {
    slug: '06-choose',
    title: 'Choose',
    question: 'Which of the two does a situation ask for?',
  },
].map((chapter, i) => ({ ...chapter, number: i + 1 }));

/**
 * The chapters that are whole: `npm run check` fails when one of them lacks a mode. The others have the
 * modes whose files there are in `src/chapters/`.
 */
export const wholeChapters: readonly string[] = [
  '01-nine-hops',
  '02-polling',
  '03-notify',
  '04-topics',
  '05-bus-down',
  '06-choose',
];

/** The nine ways to learn a chapter, in the order in which they follow each other. */
export const modes = [
  { id: 'learn', title: 'Learn', does: 'Read the idea from the start, in short steps.' },
  { id: 'visualize', title: 'Visualize', does: 'Follow every message through a diagram.' },
  { id: 'why', title: 'Why', does: 'See what each decision buys, and what it gives up.' },
  { id: 'deep', title: 'Deep', does: 'Look inside: what exactly is sent, and what it promises.' },
  { id: 'try', title: 'Try', does: 'Decide small cases, and see at once what follows.' },
  {
    id: 'challenge',
    title: 'Challenge',
    does: 'Find what is wrong in harder cases, with less help.',
  },
  { id: 'project', title: 'Project', does: 'Write the services yourself, and get graded.' },
  { id: 'review', title: 'Review', does: 'Recall it again, before you would have forgotten it.' },
  { id: 'scale', title: 'Scale', does: 'See what changes when the load grows.' },
] as const;

/** One of the nine. Its id is its file’s name and the last part of its pages’ addresses. */
export type Mode = (typeof modes)[number];
