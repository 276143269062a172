/**
 * Pairs of claims, side by side: whether both can be said under the same numbers, and under whose. Those at odds stand first,
 * as they are what a sceptical reader looks for.
 */
import type { Ledger, LedgerPair } from '../ledger/ledger.ts';
import { calledIn } from './claim-relations.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '  ';
const HANG = '    ';
const AT_ODDS = "At odds: each can be said with somebody's figures, both with nobody's.";

export function pairsText({ claims, pairs }: Pick<Ledger, 'claims' | 'pairs'>, style: Style): string {
  const called = (id: string): string => calledIn(claims, id);
  const isAtOdds = ({ verdict }: LedgerPair): boolean => verdict === 'at odds';
  const ordered = [...pairs.filter(isAtOdds), ...pairs.filter((pair) => !isAtOdds(pair))];
  // Claims of which one and the same thing is told beside another share its lines.
  const blocks = new Map<string, { readonly pair: LedgerPair; readonly own: string[] }>();
  for (const pair of ordered) {
    const [own, its] = pair.claims;
    const key = `${its} ${pair.pattern}`;
    const block = blocks.get(key) ?? { pair, own: [] };
    blocks.set(key, block);
    block.own.push(called(own));
  }
  const lines = [...blocks.values()].flatMap(({ pair, own }) => {
    const answer = isAtOdds(pair) ? `at odds, ${pair.pattern}` : pair.pattern;
    return [
      ...indented(`${own.join(', ')} with ${called(pair.claims[1])}`, INDENT).map(style.bold),
      ...indented(answer, HANG).map((line) => (isAtOdds(pair) ? style.bad(line) : line)),
    ];
  });
  const heading = style.bold('PAIRS: CAN BOTH BE SAID UNDER THE SAME NUMBERS?');
  const meaning = ordered.some(isAtOdds) ? indented(AT_ODDS, INDENT).map(style.dim) : [];
  return [heading, ...meaning, ...lines].join('\n');
}

const indented = (text: string, indent: string): readonly string[] =>
  wrapText(text, WIDTH - indent.length - INDENT.length, -INDENT.length).map(
    (line, at) => `${indent}${at === 0 ? '' : INDENT}${line}`,
  );
