/** `casus check`: everything that is wrong with an argument, at once, without running it. */
import { hasErrors } from '../base/diagnostic.ts';
import type { Compiled } from '../compile.ts';
import { declaredMeasures, isTested, type Variable } from '../model/model.ts';
import { load } from './load.ts';
import { asTyped, commandName, EXIT, writeData, writeDiagnostics, writeNote } from './output.ts';

export function check(path: string): number {
  const { result, texts, name, exit } = load(path);
  writeDiagnostics(result.diagnostics, texts, 'data');
  if (!result.ok || hasErrors(result.diagnostics)) {
    writeNote(`Next: ${commandName()} explain CODE says more about a message.`);
    return exit;
  }
  writeData(`${result.diagnostics.length === 0 ? '' : '\n'}${summary(name, result.value)}`);
  writeNote(`Next: ${commandName()} run ${asTyped(path)}`);
  return EXIT.fine;
}

function summary(name: string, { model }: Compiled): string {
  const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
  const of = (kind: Variable['kind']): number => model.variables.filter((one) => one.kind === kind).length;
  const [inputs, levers, series] = [of('input'), of('lever'), of('series')];
  const [definitions, events, decisions] = [of('definition'), of('event'), of('decision')];
  const some = (number: number, one: string): string => (number === 0 ? '' : `${count(number, one)}, `);
  // What an event or an option moves is a flow that nobody wrote.
  const moved = model.variables.filter(({ kind, name: own }) => kind === 'flow' && own.includes(' ')).length;
  const equations = ['stock', 'flow', 'let'] as const;
  const written = equations.reduce((sum, kind) => sum + of(kind), 0) - moved;
  const tested = model.claims.filter((claim) => isTested(claim.form)).length;
  return (
    `${name} is sound: ${count(inputs, 'input')}, ${levers === 0 ? '' : `${count(levers, 'lever')}, `}${series === 0 ? '' : `${series} series, `}${count(written, 'equation')}, ` +
    `${some(definitions, 'definition')}${some(events, 'event')}${some(decisions, 'decision')}` +
    `${count(declaredMeasures(model).length, 'measure')}, ${count(model.claims.length, 'claim')} (${tested} tested on the model), ` +
    `${count(model.viewpoints.length, 'viewpoint')}, ${count(model.time.steps, 'step')}.`
  );
}
