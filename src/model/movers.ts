/** Whatever has effects, told in one way for all that follows: events, and what else decides. */
import type { Mover } from './check-effects.ts';
import type { CheckedVariable } from './check-variables.ts';
import { decisionStates, settingsByDecision } from './model-of-decisions.ts';
import { type InputSetting, keptOf, type TieMove } from './model-of-effects.ts';
import { EVENT_STATES, settingsByEvent } from './model-of-events.ts';

export const moversOf = (variables: readonly CheckedVariable[]): readonly Mover[] =>
  variables.flatMap(({ header, declaration, body }, variable): readonly Mover[] =>
    body.kind === 'event'
      ? [
          {
            variable,
            name: declaration.name,
            axes: header.axes,
            effects: body.effects,
            firstState: EVENT_STATES.length,
          },
        ]
      : body.kind === 'decision'
        ? body.options.map(
            ({ name, effects }, option): Mover => ({
              variable,
              name: { text: `${name} in ${declaration.name.text}`, span: declaration.name.span },
              axes: header.axes,
              effects,
              firstState: decisionStates(body).findIndex(
                (state) => state.kind === 'moved' && state.option === option,
              ),
            }),
          )
        : [],
  );

/** In the order of the text, in which one after the other is applied. */
export const inputSettingsOf = (variables: readonly CheckedVariable[]): readonly InputSetting[] =>
  variables
    .flatMap(({ header, body }, variable) =>
      body.kind === 'event'
        ? settingsByEvent(body, variable, header.axes.length)
        : body.kind === 'decision'
          ? settingsByDecision(body, variable, header.axes.length)
          : [],
    )
    .toSorted((one, other) => one.set.span.start - other.set.span.start);

/** The lines that move ties, in the order of the text. */
export const tieMovesOf = (variables: readonly CheckedVariable[]): readonly TieMove[] =>
  moversOf(variables)
    .flatMap(({ variable: decider, effects, firstState }) =>
      keptOf(effects).flatMap(({ effect, part }, number): readonly TieMove[] =>
        effect.kind === 'tie' && part === effect.amount
          ? [{ decider, state: firstState + number, effect }]
          : [],
      ),
    )
    .toSorted((one, other) => one.effect.span.start - other.effect.span.start);
