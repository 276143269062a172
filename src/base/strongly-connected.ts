/**
 * Strongly connected components of a directed graph (Tarjan 1972, doi:10.1137/0201010), with a stack of its own, so
 * that a chain of a hundred thousand nodes does not exhaust the host's.
 */

/**
 * Components of the graph of nodes 0 … size-1. A component comes after every component that its nodes point to, so the
 * list is an order in which successors come first.
 */
export function stronglyConnected(
  size: number,
  successors: (node: number) => readonly number[],
): readonly (readonly number[])[] {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const components: number[][] = [];
  const open: { readonly node: number; readonly next: readonly number[]; at: number }[] = [];
  let visited = 0;
  const enter = (node: number): void => {
    index[node] = visited;
    low[node] = visited;
    visited++;
    stack.push(node);
    onStack[node] = 1;
    open.push({ node, next: successors(node), at: 0 });
  };
  const lower = (node: number, to: number): void => {
    if (to < low[node]!) low[node] = to;
  };
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    while (open.length > 0) {
      const frame = open[open.length - 1]!;
      const { node, next } = frame;
      if (frame.at < next.length) {
        const child = next[frame.at++]!;
        if (index[child] === -1) enter(child);
        else if (onStack[child] === 1) lower(node, index[child]!);
        continue;
      }
      open.pop();
      if (open.length > 0) lower(open[open.length - 1]!.node, low[node]!);
      if (low[node] === index[node]) components.push(unwind(stack, onStack, node));
    }
  }
  return components;
}

function unwind(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = [];
  for (;;) {
    const member = stack.pop();
    if (member === undefined) throw new Error('a component without its root');
    onStack[member] = 0;
    component.push(member);
    if (member === root) return component.reverse();
  }
}
