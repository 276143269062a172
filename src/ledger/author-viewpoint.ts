/** Which viewpoint is the author's: the first whose first speaker he is. */
import type { Model, Viewpoint } from '../model/model.ts';

export const authorsViewpoint = ({ viewpoints }: Pick<Model, 'viewpoints'>): Viewpoint | null =>
  viewpoints.find(({ isAuthors, hindsight }) => isAuthors && !hindsight) ?? null;
