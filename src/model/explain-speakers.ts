/** Who speaks: viewpoints with the figures that they take, sources with all that they say, sides with their sources. */
import { formatDate } from '../base/calendar.ts';
import { formatNumber } from '../base/number-format.ts';
import type { Declaration } from '../language/tree.ts';
import { estimatesOf, figureText, takenText } from './explain-estimates.ts';
import type { Asked, Explain } from './explain-name.ts';
import type { ExplainedEstimate, Explanation, Section } from './explanation.ts';
import type { InputVariable, Model, Source } from './model.ts';

type Of<Kind extends Declaration['kind']> = Extract<Declaration, { kind: Kind }>;

export const speakerNames = ({ viewpoints, sources, sides }: Model): readonly string[] =>
  [...viewpoints, ...sources, ...sides].map(({ name }) => name);

export function explainSpeakers(asked: Asked, explain: Explain): readonly Explanation[] {
  const { model, tree, name } = asked;
  if (isUndeclared(asked))
    return [
      {
        ...explain(
          { name, span: { file: tree.file, start: 0, end: 0 } },
          {
            kind: 'viewpoint',
            label: 'the one viewpoint of a model that declares none',
            unit: null,
            written: [],
            sections: viewpointSections(asked),
          },
        ),
        place: null,
      },
    ];
  return tree.declarations.flatMap((declaration): readonly Explanation[] => {
    if (!('name' in declaration) || declaration.name.text !== name) return [];
    const found = { name, span: declaration.name.span };
    switch (declaration.kind) {
      case 'viewpoint':
        return [
          explain(found, {
            kind: 'viewpoint',
            label: declaration.label?.value ?? name,
            unit: null,
            relations: poolRelation(asked),
            sections: viewpointSections(asked),
          }),
        ];
      case 'source':
        return [explainSource(asked, explain, declaration)];
      case 'side': {
        const number = model.sides.findIndex((side) => side.name === name);
        const rows = model.sources
          .filter(({ side }) => side === number)
          .map((source) => ({ head: `${source.name}, ${whenOf(source)}`, lines: [source.title] }));
        return [
          explain(found, {
            kind: 'side',
            label: declaration.label?.value ?? name,
            unit: null,
            relations: relationTo('asked by viewpoint', viewpointsUsing(asked, 'side')),
            sections: sectionOf('SOURCES', rows),
          }),
        ];
      }
      default:
        return [];
    }
  });
}

/** `stated`, where the model has no viewpoint of its own. */
const isUndeclared = ({ model, tree, name }: Asked): boolean =>
  model.viewpoints.some((one) => one.name === name) &&
  !tree.declarations.some(({ kind }) => kind === 'viewpoint');

const sectionOf = (title: string, rows: Section['rows']): readonly Section[] =>
  rows.length === 0 ? [] : [{ title: `${title} (${rows.length})`, rows }];

const relationTo = (word: string, names: readonly string[]): Explanation['relations'] =>
  names.length === 0 ? [] : [{ word, names }];

const whenOf = ({ date, late }: Source): string =>
  `${date === null ? 'without a date' : formatDate(date)}${late ? ', later than `as of`' : ''}`;

/** In how many of an exploring run's futures it is drawn; nothing where it is not in the pool. */
function poolRelation({ model, name }: Asked): Explanation['relations'] {
  const entry = model.pool?.find(({ viewpoint }) => model.viewpoints[viewpoint]?.name === name);
  if (entry === undefined) return [];
  const { weight, share } = entry;
  return relationTo('explored', [
    `weight ${formatNumber(weight)}: ${formatNumber(share * 100)} % of the futures of \`casus run --explore\``,
  ]);
}

/** Viewpoints whose lines name it. */
const viewpointsUsing = ({ tree, name }: Asked, kind: 'source' | 'side'): readonly string[] =>
  tree.declarations
    .filter((one): one is Of<'viewpoint'> => one.kind === 'viewpoint')
    .filter(({ uses }) => uses.some((use) => use.kind === kind && use.name.text === name))
    .map((viewpoint) => viewpoint.name.text);

const inputsOf = ({
  model,
  tree,
  text,
}: Asked): readonly { readonly input: InputVariable; readonly estimates: readonly ExplainedEstimate[] }[] =>
  model.variables.flatMap((input) =>
    input.kind === 'input' ? [{ input, estimates: estimatesOf(model, tree, text, input) }] : [],
  );

/** Inputs with its own figures first apart from those that it leaves to the model. */
function viewpointSections(asked: Asked): readonly Section[] {
  const { model, name } = asked;
  const viewpoint = model.viewpoints.find((one) => one.name === name);
  if (viewpoint === undefined) return [];
  const own: Section['rows'][number][] = [];
  const assumed: Section['rows'][number][] = [];
  for (const { input, estimates } of inputsOf(asked)) {
    const taken = takenText(model, input, estimates, viewpoint);
    if (taken === null) continue;
    const isOwn = estimates.some(({ used }) => used.some((use) => use.viewpoint === name && use.own));
    (isOwn ? own : assumed).push({ head: input.name, lines: [taken] });
  }
  return [...sectionOf('ITS OWN FIGURES', own), ...sectionOf('SILENT, SO AS ASSUMED', assumed)];
}

function explainSource(asked: Asked, explain: Explain, { name, title }: Of<'source'>): Explanation {
  const { model } = asked;
  const number = model.sources.findIndex((source) => source.name === name.text);
  const source = model.sources[number];
  const said = inputsOf(asked).flatMap(({ input, estimates }) => {
    const own = estimates.filter(({ speaker }) => speaker?.name === name.text);
    const lines = own.map((estimate) => {
      const users = estimate.used.map(({ viewpoint }) => viewpoint);
      const used = users.length === 0 ? 'used by no viewpoint' : `used by ${users.join(', ')}`;
      const element = estimate.elements === '' ? '' : `${estimate.elements} `;
      return `${element}${figureText(estimate)} (${used})`;
    });
    return lines.length === 0 ? [] : [{ head: input.name, lines }];
  });
  const tables = model.tables
    .filter((table) => table.source === number)
    .map((table) => ({ head: `table ${table.name}`, lines: table.note === null ? [] : [table.note] }));
  const series = model.variables.flatMap((variable) =>
    variable.kind === 'series' && variable.source === number
      ? [{ head: `series ${variable.name}`, lines: [`rows in ${variable.file}`] }]
      : [],
  );
  const beside = model.observed
    .filter((one) => one.source === number)
    .map(({ name: variable, file }) => ({ head: `observed ${variable}`, lines: [`rows in ${file}`] }));
  const records = model.claims.flatMap(({ name: claim, form }) =>
    form.kind !== 'on record'
      ? []
      : form.lines
          .filter((line) => line.source === number)
          .map(({ stance, note }) => ({
            head: `${stance} claim ${claim}`,
            lines: note === null ? [] : [note],
          })),
  );
  const side = source?.side == null ? undefined : model.sides[source.side];
  return explain(
    { name: name.text, span: name.span },
    {
      kind: 'source',
      label: title?.value ?? name.text,
      unit: null,
      written: [],
      relations: [
        { word: 'said', names: [source === undefined ? '' : whenOf(source)] },
        ...(side === undefined ? [] : [{ word: 'side', names: [side.name] }]),
        ...(source?.author === true ? [{ word: 'author', names: ['the writer of the argument'] }] : []),
        ...(source?.url == null ? [] : [{ word: 'url', names: [source.url] }]),
        ...relationTo('asked by viewpoint', viewpointsUsing(asked, 'source')),
      ],
      sections: sectionOf('SAYS', [...said, ...tables, ...series, ...beside, ...records]),
    },
  );
}
