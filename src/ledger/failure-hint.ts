/**
 * Why a variable may have had no possible value, where that is not the value of the variable itself: an event is said to
 * have failed also where its chance did, which has no name of its own.
 */
import type { Model } from '../model/model.ts';

/** `its chance may lie beyond 0 % to 100 %`; nothing where the variable's name says enough. */
export function failureHint(
  { variables }: Pick<Model, 'variables'>,
  name: string,
): { readonly hint?: string } {
  // `strike[North]` is an element of `strike`.
  const variable = variables.find((one) => one.name === name.replace(/\[.*$/, ''));
  // A chance that is written as a number is looked at when the model is checked.
  if (variable?.kind !== 'event' || variable.chance === null || variable.chance.kind === 'constant')
    return {};
  return { hint: 'its chance may lie beyond 0 % to 100 %' };
}
