/** Pairs side by side: those at odds first, and claims of which one thing is told beside another in one line. */
import { expect, test } from 'vitest';
import type { LedgerPair } from '../../src/ledger/ledger.ts';
import { pairsText } from '../../src/views/pairs-text.ts';
import { PLAIN } from '../../src/views/style.ts';

const pair = (own: string, its: string, verdict: LedgerPair['verdict'], pattern: string): LedgerPair => ({
  claims: [own, its],
  by: 'verdicts',
  verdict,
  pattern,
});

test('pairs stand in the order of their claims, behind those at odds', () => {
  const none = 'never together: d holds under West; the other under none';
  const pairs = [
    pair('a', 'd', 'never together', none),
    pair('b', 'c', 'at odds', 'never together: b holds under West; c under East'),
    pair('b', 'd', 'never together', none),
    pair('c', 'd', 'together', 'both hold under both'),
  ];
  expect(pairsText({ claims: [], pairs }, PLAIN).split('\n').slice(1)).toEqual([
    "  At odds: each can be said with somebody's figures, both with nobody's.",
    '  b with c',
    '    at odds, never together: b holds under West; c under East',
    '  a, b with d',
    '    never together: d holds under West; the other under none',
    '  c with d',
    '    both hold under both',
  ]);
});
