/** What is told of data files and of what is known of the past when a name is explained: whose rows, how many, and when they begin and end. */
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

/** What an input is solved for, one entry a line; each as written. */
export function calibrationsOf({ fits, variables }: Model, variable: Variable): Relations {
  const own = fits.calibrations.filter(({ input }) => variables[input] === variable);
  const names = own.map(({ name, text, note }) => {
    const of = name === variable.name ? '' : `${name} `;
    return `${of}so that ${text}${note === null ? '' : ` (${note})`}`;
  });
  return names.length === 0 ? [] : [{ word: 'calibrated', names }];
}

/** What is required of a measure, before what else it is related to. */
export function requiredOf(
  { fits, measures }: Model,
  measure: string,
  others: Relations,
): { readonly relations: Relations } {
  const own = fits.requirements.filter(({ measures: read }) =>
    read.some((number) => measures[number]?.declared.name === measure),
  );
  const names = own.map(({ text, note }) => `${text}${note === null ? '' : ` (${note})`}`);
  return { relations: names.length === 0 ? others : [{ word: 'required', names }, ...others] };
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
