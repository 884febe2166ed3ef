import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseWith, readYaml, type Problem, type Source } from '../../../quiz/src/problem.ts';
import { NotAsExpected } from '../../kit/grade/errors.ts';
import { styles, type Situation } from '../cast.ts';
import { measures, slow, times, type Measure } from './figures.ts';

const style = z.enum(styles).describe(styles.join(' or '));
const measure = z.enum(measures).describe(`one of ${measures.join(', ')}`);
const fault = z.literal(slow).describe(`fault: ${slow}`);

/** By less, a style is not clearly better. */
export const leastFactor = 2;

/** “Of both styles, this one has the lower figure, by this factor.” */
const comparison = z.strictObject({
  compare: measure,
  lower: style,
  factor: z.number().min(leastFactor).describe(`a number from ${leastFactor} on`),
  fault: fault.optional(),
});
/** “This style has just so many.” */
const counted = ['messages an order', 'lost', 'refused', 'duplicates'] as const;
const count = z.strictObject({
  count: z.enum(counted).describe(`one of ${counted.join(', ')}`),
  style,
  is: z.number().min(0).describe('a number from 0 on'),
});
/** “This style stays under so many milliseconds, whatever the fault.” */
const bound = z.strictObject({
  bound: z.enum(times).describe(`one of ${times.join(', ')}`),
  style,
  under: z.number().positive().describe('milliseconds above 0'),
  fault,
});

export type Comparison = z.infer<typeof comparison>;
export type Count = z.infer<typeof count>;
export type Bound = z.infer<typeof bound>;
export type Claim = Comparison | Count | Bound;

const forms = { compare: comparison, count, bound } as const;
type Form = keyof typeof forms;

const decision = z
  .strictObject({
    choice: style,
    claims: z
      .array(z.record(z.string(), z.unknown()).describe('a claim: compare, count or bound'))
      .min(3)
      .max(12)
      .describe('3 to 12 claims'),
    reason: z
      .string()
      .min(60)
      .refine((text) => !/\bTODO\b/.test(text))
      .describe('your reason in place of TODO, in at least 60 characters'),
  })
  .describe('a record: choice, claims and reason');

/** A record whose form is right; whether it is true is measured. */
export interface Decision {
  choice: z.infer<typeof style>;
  claims: { claim: Claim; line: number | undefined }[];
  reason: string;
}

/** What a claim is about. */
export const aboutOf = (claim: Claim): Measure =>
  'compare' in claim ? claim.compare : 'count' in claim ? claim.count : claim.bound;

/**
 * Reads a record.
 * @param asks the measures that each need a claim
 * @throws NotAsExpected with the file and the line, if it is missing, no YAML, not of the form, or has
 *   no claim about what its situation asks
 */
export function readDecision(path: string, file: string, asks: Situation['asks']): Decision {
  if (!existsSync(path)) refuse({ file, what: 'the file', got: 'none', expected: 'a record' });
  const source = yamlIn(readFileSync(path, 'utf8'), file);
  const { value, problems } = parseWith(decision, source);
  const [problem] = problems;
  if (!value) return refuse(problem!);
  const claims = value.claims.map((raw, i) => ({
    claim: claimIn(raw, i, source),
    line: source.lineOf(['claims', i]),
  }));
  for (const form of Object.keys(forms))
    if (!claims.some(({ claim }) => form in claim))
      refuse({ file, what: 'claims', got: `none with ${form}`, expected: 'one of each form' });
  for (const asked of asks)
    if (!claims.some(({ claim }) => aboutOf(claim) === asked))
      refuse({
        file,
        what: 'claims',
        got: `none of ${claims.length} is about ${asked}`,
        expected: `a claim about ${asked}: this situation asks about ${asks.join(' and ')}`,
      });
  return { ...value, claims };
}

function yamlIn(text: string, file: string): Source {
  try {
    const { source, problems } = readYaml(text, file);
    return problems[0] ? refuse(problems[0]) : source;
  } catch (error) {
    if (error instanceof NotAsExpected) throw error;
    const got = (error as Error).message;
    return refuse({ file, what: 'syntax', got, expected: 'YAML' });
  }
}

function claimIn(raw: Record<string, unknown>, i: number, source: Source): Claim {
  const [form, ...others] = (Object.keys(forms) as Form[]).filter((name) => name in raw);
  const at = { file: source.file, line: source.lineOf(['claims', i]), what: `claims[${i}]` };
  if (!form) {
    const got = Object.keys(raw).join(', ') || 'nothing';
    return refuse({ ...at, got, expected: 'compare, count or bound' });
  }
  if (others.length > 0)
    refuse({ ...at, got: [form, ...others].join(', '), expected: 'one form in each claim' });
  const lineOf: Source['lineOf'] = (path) => source.lineOf(['claims', i, ...path]);
  const { value, problems } = parseWith(forms[form], { file: source.file, data: raw, lineOf });
  const [problem] = problems;
  return value ?? refuse({ ...problem!, what: `${at.what}.${problem!.what}` });
}

function refuse({ file, line, what, got, expected }: Refused): never {
  const at = line === undefined ? '' : `, line ${line}`;
  throw new NotAsExpected({ headline: `src/${file}${at}: ${what}`, expected, observed: got });
}

type Refused = Pick<Problem, 'file' | 'what' | 'got' | 'expected'> & { line?: number | undefined };
