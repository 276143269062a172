/** Which futures of an ensemble count: neither those that failed nor those that were dropped. */
import type { Ensemble } from '../engine/ensemble.ts';

/** Futures of which nothing is counted. */
export const notCounted = ({ failed, dropped }: Pick<Ensemble, 'failed' | 'dropped'>): ReadonlySet<number> =>
  new Set([...failed, ...dropped].map(({ future }) => future));

/** How many futures are counted. */
export const countedIn = ({
  futures,
  failed,
  dropped,
}: Pick<Ensemble, 'futures' | 'failed' | 'dropped'>): number => futures - failed.length - dropped.length;
