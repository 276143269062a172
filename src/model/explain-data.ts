/** What is told of data files when a name is explained: whose rows, how many, and when they begin and end. */
import { formatCount } from '../base/number-format.ts';
import type { Model, SeriesVariable, Source, TimeAxis, Variable } from './model.ts';
import { showInstant } from './show-instant.ts';

type Relations = readonly { readonly word: string; readonly names: readonly string[] }[];

/** Whose rows a series has, and when they begin and end. */
export function rowsOf({ sources, time }: Model, { file, tracks, held, source }: SeriesVariable): Relations {
  return [
    { word: 'rows in', names: [file] },
    {
      word: 'of them',
      names: [
        `${stretchOf(time, tracks[0]?.at ?? [], 'row')}, ${held ? 'each held until the next' : 'joined by lines'}`,
      ],
    },
    { word: 'stated by', names: [speakerOf(sources, source)] },
  ];
}

/** What is recorded of a variable, one entry a file. */
export function recordsOf({ observed, variables, sources, time }: Model, variable: Variable): Relations {
  const own = observed.filter((one) => variables[one.variable] === variable);
  const names = own.map(({ name, file, source, points }) => {
    const at = points.map((point) => point.at);
    const of = name === variable.name ? '' : `${name} `;
    return `${of}in ${file}: ${stretchOf(time, at, 'record')}, by ${speakerOf(sources, source)}`;
  });
  return names.length === 0 ? [] : [{ word: 'recorded', names }];
}

const speakerOf = (sources: readonly Source[], source: number | null): string => {
  const said = sources[source ?? -1];
  return said === undefined ? 'nobody (assumed)' : `${said.title} (${said.name})`;
};

/** `12 rows from 2024-01-01 to 2024-06-03`. */
export function stretchOf(time: TimeAxis, at: readonly number[], what: 'row' | 'record'): string {
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  if (at.length === 1) return `1 ${what} at ${showInstant(time, first)}`;
  return `${formatCount(at.length)} ${what}s from ${showInstant(time, first)} to ${showInstant(time, last)}`;
}
