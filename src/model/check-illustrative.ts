/**
 * A model in which every input is assumed is an example, however careful: its title says `illustrative`, since a result
 * travels under that title alone. What tables and series hold is not asked: they are the same under every viewpoint.
 */
import type { Model } from './model.ts';
import { declarationsOf, quote, report, type Workbench } from './workbench.ts';

export function warnNotIllustrative(bench: Workbench, { title, variables }: Model): void {
  const estimates = variables.flatMap((variable) => (variable.kind === 'input' ? variable.estimates : []));
  if (estimates.length === 0 || estimates.some(({ source }) => source !== null)) return;
  if (/\billustrative\b/i.test(title)) return;
  const [declaration] = declarationsOf(bench, 'model');
  if (declaration === undefined) throw new Error('a model without its title');
  const { span } = declaration.title;
  report(bench, 'title-not-illustrative', span, {
    label: 'every input of this model is assumed',
    hint: `Write \`model ${quote(bench, span).slice(0, -1)} (illustrative)"\`, or give an input a figure of a source.`,
  });
}
