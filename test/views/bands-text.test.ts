/** The heading of a table of bands can be longer than a line: names of definitions and meanings have no bound of their own. */
import { expect, test } from 'vitest';
import { bandsText } from '../../src/views/bands-text.ts';
import { PLAIN } from '../../src/views/style.ts';

test('a heading that is longer than a line goes on below itself', () => {
  const text = bandsText(
    [
      {
        variable: 'ammunition',
        label: 'Ammunition',
        unit: 't/day',
        viewpoint: 'independent',
        definitions: { what_is_lost: 'by_territory', what_is_won: 'by_endurance' },
        futures: 500,
        points: [{ at: '2024-01-01', p5: 1, p25: 2, p50: 3, p75: 4, p95: 5 }],
      },
    ],
    PLAIN,
  );
  expect(text.split('\n').slice(1)).toEqual([
    'ammunition (t/day) under independent, what_is_lost: by_territory, what_is_won:',
    '  by_endurance',
    '  2024-01-01  3  (1 to 5)',
  ]);
});
