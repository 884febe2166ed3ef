import type { FileKind } from './check.ts';
import { chapterRule, duplicates } from './rules.ts';
import { cardsSchema, glossarySchema, type Cards, type Glossary } from './schema.ts';

/** What a chapter's cards are checked against. */
interface CardsContext {
  file: string;
  glossary: Glossary;
}

/** `cards.yaml`: each term that a card names has to be in the glossary. */
export const cardsFile: FileKind<Cards, CardsContext> = {
  schema: cardsSchema,
  *rules({ chapter, cards }, { file, glossary }, problem) {
    yield* chapterRule(chapter, { file }, problem);
    yield* duplicates(cards, 'cards', (i, rest) => problem(['cards', i, 'id'], rest));
    for (const [i, { id, terms }] of cards.entries())
      for (const [j, term] of terms.entries())
        if (!Object.hasOwn(glossary, term))
          yield problem(['cards', i, 'terms', j], {
            what: `${id}, its terms`,
            got: term,
            expected: `one of ${Object.keys(glossary).join(', ')}`,
            hint: 'choose one, or add it to quiz/bank/glossary.yaml.',
          });
  },
};

/** `glossary.yaml`: no word stands for one thing here and is forbidden for another there. */
export const glossaryFile: FileKind<Glossary, { file: string }> = {
  schema: glossarySchema,
  *rules(glossary, _, problem) {
    const words = new Set(Object.values(glossary).map(({ term }) => term.toLowerCase()));
    for (const [id, { not = [] }] of Object.entries(glossary))
      for (const word of not.filter((w) => words.has(w.toLowerCase())))
        yield problem([id, 'not'], {
          what: `${id}, not`,
          got: `${word}, which is a term itself`,
          expected: 'words that no term is',
          hint: 'remove it here, or the other term.',
        });
  },
};
