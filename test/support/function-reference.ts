/** The section of the reference that lists the functions, made from their table; `npx vitest run test/docs -u` writes it. */
import {
  callsOf,
  type Description,
  FUNCTIONS,
  type FunctionEntry,
  MOST_ARGUMENTS,
  POWER,
} from '../../src/model/functions.ts';

const HEADING = '### Functions\n';

/** The page with its section of functions made anew, up to the next heading of its kind. */
export function withFunctionReference(page: string): string {
  const from = page.indexOf(HEADING) + HEADING.length;
  const to = page.indexOf('\n### ', from);
  if (from < HEADING.length || to < 0) throw new Error('no section of functions');
  return `${page.slice(0, from)}\n${section()}${page.slice(to)}`;
}

function section(): string {
  const functions = Object.entries(FUNCTIONS).map(([name, entry]: [string, FunctionEntry]) =>
    row(
      callsOf(name, entry),
      entry.forms.map(({ parameters, result, open }) => {
        const units = parameters.map(({ unit }) => unit);
        return `${units.join(', ')}${open === true ? ', …' : ''} → ${result}`;
      }),
      entry,
    ),
  );
  const lines = [
    'U and V stand for any unit; each is one and the same unit throughout a call. `0` fits every unit. An instant is a date',
    `where the model has a calendar, else a length of time. Where “…” stands, up to ${MOST_ARGUMENTS} arguments may.`,
    '',
    '| written | units | gives | at its edges |',
    '|---|---|---|---|',
    ...functions,
    row(['x ^ y'], ['number, number → number', 'U, a written number → U to that power'], POWER),
    '',
    'No number, or an infinite one, in a variable ends its [future](#failed-futures).',
    '',
    '```casus',
    ...[...Object.entries<Description>(FUNCTIONS), ['power', POWER] as const].flatMap(
      ([name, { examples }]) =>
        examples.map(({ text, unit, value }, number) => {
          const unitText = unit === '1' ? '' : `: ${unit}`;
          const line = `measure ${name}_${number + 1}${unitText} = ${text}`;
          return `${line.padEnd(85)} # = ${value}`;
        }),
    ),
    '```',
    '',
  ];
  return lines.join('\n');
}

const row = (calls: readonly string[], units: readonly string[], { meaning, edges }: Description): string =>
  `| ${calls.map((call) => `\`${call}\``).join(' or ')} | ${units.join('; ')} | ${meaning} | ${edges} |`;
