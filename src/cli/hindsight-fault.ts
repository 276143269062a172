/** `--hindsight` where nothing was stated later: an option that changes nothing is told, not passed over. */
import type { Model } from '../model/model.ts';

/** What speaks against asking this model for hindsight; null if nothing does, or nobody asks. */
export function hindsightFault(
  { viewpoints, claims, sources }: Pick<Model, 'viewpoints' | 'claims' | 'sources'>,
  asked: boolean | undefined,
): string | null {
  if (asked !== true || viewpoints.some(({ hindsight }) => hindsight)) return null;
  const hasLater = claims.some(
    ({ form }) =>
      form.kind === 'on record' && form.lines.some(({ source }) => sources[source]?.late === true),
  );
  return hasLater
    ? null
    : '--hindsight asks for what was stated later, and the model has none of it: no viewpoint has a line `hindsight`, and no record a source that is later than `as of`. Leave it out, or declare such a viewpoint.';
}
