/** Claims that no future is counted for: those held against the record, and those that are not tested. */
import { formatDate } from '../base/calendar.ts';
import type { Claim, ClaimForm, Model, StatedLikelihood } from '../model/model.ts';
import type { LedgerClaim, RecordShown } from './ledger.ts';
import { stretchOf, textOf } from './likelihood-verdict.ts';
import { recordVerdict } from './record-verdict.ts';

type Head = Pick<LedgerClaim, 'id' | 'row' | 'statement' | 'form' | 'stated' | 'compared' | 'hindsight'>;

export const headOf = (claim: Claim): Head => ({
  id: claim.name,
  row: claim.row,
  statement: claim.statement,
  form: claim.form.kind,
  stated: claim.form.kind === 'likelihood' ? statedOf(claim.form.stated) : null,
  ...comparedIn(claim.form),
  hindsight: claim.hindsight,
});

function comparedIn(form: ClaimForm): Pick<LedgerClaim, 'compared'> {
  switch (form.kind) {
    case 'effect':
    case 'irrelevance':
      return { compared: { text: form.text, reason: form.reason } };
    case 'uniqueness':
    case 'importance':
    case 'preference':
      return { compared: { text: form.text, reason: null } };
    default:
      return {};
  }
}

function statedOf(stated: StatedLikelihood): LedgerClaim['stated'] {
  const { low, high } = stretchOf(stated);
  return { text: textOf(stated), low: low.at, high: high.at };
}

export function judgeUncounted(model: Model, claim: Claim, hindsight: boolean): LedgerClaim {
  const base = {
    ...headOf(claim),
    calibrated: [],
    restates: null,
    ownArithmetic: null,
    viewpoints: {},
  };
  switch (claim.form.kind) {
    case 'condition':
    case 'likelihood':
    case 'effect':
    case 'irrelevance':
    case 'uniqueness':
    case 'importance':
    case 'preference':
      throw new Error('a claim of futures judged without any');
    case 'on record': {
      const known = claim.form.lines.filter(
        ({ source }) => hindsight || model.sources[source]?.late !== true,
      );
      const later = claim.form.lines.length - known.length;
      const verdict = recordVerdict(known.map(({ stance }) => stance));
      const record: RecordShown[] = known.map(({ stance, source, note }) => {
        const speaker = model.sources[source];
        const date = speaker?.date ?? null;
        return { stance, source: speaker?.title ?? '', date: date === null ? null : formatDate(date), note };
      });
      const pattern =
        later === 0 ? verdict : `${verdict} by ${formatDate(model.asOf ?? 0)}; later statements: --hindsight`;
      return { ...base, verdict, pattern, basis: 'recorded', record, reason: null };
    }
    default:
      return {
        ...base,
        verdict: claim.form.kind,
        pattern: claim.form.kind,
        basis: null,
        record: [],
        reason: claim.form.reason,
      };
  }
}
