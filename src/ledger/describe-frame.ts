/** What a run tells of the model beside its answers: which inputs are drawn together, and what its definitions may mean. */
import type { Model } from '../model/model.ts';
import type { Ledger, LedgerDefinition } from './ledger.ts';
import type { Allowed } from './meanings.ts';

export const describeCorrelations = (model: Model): Ledger['correlations'] =>
  model.correlations.map(({ cells: [one, other], coefficient, reason }) => ({
    inputs: [model.cells[one]?.name ?? '', model.cells[other]?.name ?? ''],
    coefficient,
    reason,
  }));

export const describeDefinitions = ({ variables }: Model, allowed: Allowed): readonly LedgerDefinition[] =>
  variables.flatMap((variable, number): readonly LedgerDefinition[] => {
    if (variable.kind !== 'definition') return [];
    const { name, label } = variable;
    const meanings = variable.meanings.map((meaning) => {
      const { name: own, label: shown } = variables[meaning] ?? { name: '', label: '' };
      return { name: own, label: shown };
    });
    const asked = (allowed.get(number) ?? []).map((meaning) => meanings[meaning]?.name ?? '');
    return [{ name, label, meanings, asked }];
  });
