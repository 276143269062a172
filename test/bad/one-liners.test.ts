/**
 * Odd and wrong uses, a few lines each, and the codes that answer them: none where the text must stay silent. What a
 * message looks like is shown by the cases in the folders here; this table holds which one comes, and that it comes
 * alone.
 */
import { describe, expect, test } from 'vitest';
import { codesButUse, compileText } from '../support/compile-text.ts';

const HEAD = 'model "M"\ntime 2024-01-01 .. 2024-03-31 by 1 day\nunit t\n';
const STORE = 'stock s: t = 1\n';
const ARRAY = 'group G = a, b\nstock s[G]: t = 1\n';
const FLOW = 'flow f: t/day = 1 t / 1 day\n';
const FLOWS = 'flow f[G]: t/day = 1 t / 1 day\n';
const ASSUMED = 'input x: t\n  assumed 1 "why"\n';
const SHARE = 'input x: share\n  assumed 50% "why"\n';
const SOURCES = 'source p "P"\nsource q "Q"\n';
const UNTIL = `${STORE}measure m: day = time until s <= 0\n`;
const claim = (condition: string): string => `claim c "C"\n  ${condition}\n`;
const scenario = (...lines: readonly string[]): string => `scenario z\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** Without a brief every claim would be told that no words stand behind it, and most of these hang on constants alone. */
const codesOf = (text: string): readonly string[] =>
  codesButUse(compileText(HEAD + text)).filter(
    (code) => code !== 'brief-missing' && code !== 'claim-without-input',
  );

/** The names that a message about use points at, in order; `s` changes and `q` is asked for, so nothing else is. */
const USED_HEAD = `${HEAD}stock s: t = 1\n  - f\nflow f: t/day = 1 t / 1 day\nmeasure q = final s\n`;
const idleIn = (text: string, head = USED_HEAD): readonly string[] => {
  const whole = head + text;
  return compileText(whole).diagnostics.flatMap(({ code, span }) =>
    code === 'name-unused' || code === 'stock-unfilled' ? [whole.slice(span.start, span.end)] : [],
  );
};

type Case = readonly [text: string, ...codes: readonly string[]];

const POOL = `${SOURCES}viewpoint P\n  use p\nviewpoint Q\n  use q\n`;

const TABLE: Readonly<Record<string, readonly Case[]>> = {
  pools: [
    [`${POOL}explore P 1, Q 1\n`],
    [`explore P 1, Q 1\n${POOL}`],
    [`${POOL}explore P 50%, Q (1 + 2) / 6\n`],
    [`${POOL}explore P 1e300, Q 1e-300\n`],
    [`${POOL}explore P 1, R 1\n`, 'viewpoint-unknown'],
    [`${POOL}explore P 1, p 1\n`, 'viewpoint-unknown'],
    [`${POOL}explore P 1, R 0\n`, 'viewpoint-unknown', 'pool-weight'],
    [`${POOL}explore R 1\n`, 'viewpoint-unknown'],
    [`${SOURCES}explore P 1, Q 1\n`, 'viewpoint-unknown'],
    [`${SOURCES}explore stated 1, Q 0\n`, 'viewpoint-unknown'],
    ['viewpoint 5\nexplore P 1, Q 1\n', 'part-missing'],
    [`${SOURCES}viewpoint P\n  use p\nveiwpoint Q\nexplore P 1, Q 1\n`, 'keyword-unknown'],
    [`${POOL}explore P 1, P 1\n`, 'given-twice'],
    [`${POOL}explore P 0, Q 1\n`, 'pool-weight'],
    [`${POOL}explore P -1, Q 1\n`, 'pool-weight'],
    [`${POOL}explore P 1 t, Q 1 t\n`, 'pool-weight', 'pool-weight'],
    [`${POOL}explore P 1 point, Q 1\n`, 'pool-weight'],
    [`${POOL}explore P (2 t / 1 day), Q 1\n`, 'pool-weight'],
    [`${POOL}explore P 1 / 0, Q 1\n`, 'constant-impossible'],
    [`${POOL}explore P 1e400, Q 1\n`, 'number-malformed'],
    [`${POOL}explore P 4,5, Q 1\n`, 'part-missing'],
    [`${POOL}explore P 1\n`, 'pool-too-small'],
    [`${POOL}explore P 0\n`, 'pool-weight'],
    [`${POOL}explore P 1, Q 1\nexplore P 1, Q 1\n`, 'declared-twice'],
    [`as of 2024-01-01\n${POOL}viewpoint R\n  hindsight\n  use q\nexplore P 1, R 1\n`, 'pool-hindsight'],
    [`${POOL}explore\n  P 1\n  Q 1\n`, 'part-missing'],
    [`${POOL}explore P 1 Q 1\nlet z: t = nobody\n`, 'part-missing', 'name-unknown'],
  ],
  units: [
    ['let x: t = t[a]\n', 'index-not-array'],
    ['unit sack = 50 kg\nunit kg = 0.001 t\nstock b: sack = 3\nmeasure m: kg = final b\n'],
    ['unit a = 2 b\nunit b = 3 a\nunit c = 4 a\nstock z: c = 1\n', 'unit-circle'],
    ['unit M\ninput z: M\n  assumed 1 "why"\n', 'name-reserved'],
    ['unit a = 3 a\n', 'unit-circle'],
    ['unit sack = -3 t\n', 'unit-not-positive'],
    ['unit sack = 3 bag\n', 'unit-unknown'],
    ['unit sack = 2024-01-01\n', 'constant-expected'],
    ['unit a = 1e300 t\nunit b = 1e300 a\nstock z: b = 1\n', 'constant-impossible'],
    ['unit day\n', 'name-taken'],
    ['unit share\n', 'name-taken'],
    ['unit time\n', 'name-taken'],
    ['stock kg: t = 1\nunit kg\n', 'name-taken'],
    ['input x: t^(1/2)\n  assumed 1 "why"\n'],
    ['input x: week^(1/2)\n  assumed 1 "why"\n', 'unit-malformed'],
    ['input x: kg\n  assumed 1 "why"\n', 'unit-unknown'],
    ['input x\n  assumed 1 "why"\n', 'unit-missing'],
    ['input x: 5 t\n  assumed 1 "why"\n', 'unit-malformed'],
  ],
  groups: [
    ['group G = a\nstock s[G]: t = 1\n'],
    ['group G =\n', 'part-missing'],
    ['group G = a, t\n', 'name-taken'],
    ['group G = a, time\n', 'name-taken'],
    [`${STORE}group G = s, b\n`, 'name-taken'],
    ['group t = a, b\n', 'name-taken'],
    ['group G = a, b\nlet x = a\n', 'name-not-readable'],
    ['group G = a, b\nlet x = G\n', 'name-not-readable'],
    [`${ARRAY}let x: t = s\n`, 'index-missing'],
    [`${ARRAY}let x: t = s[a, b]\n`, 'index-count'],
    [`${ARRAY}group F = c, d\nlet x[F]: t = s\n`, 'index-missing'],
    [`${ARRAY}group F = c, d\nlet x[F]: t = s[F]\n`, 'index-other-group'],
    [`${ARRAY}group F = b, c\nlet x: t = s[b]\n`],
    [`${ARRAY}group F = b, c\nlet x: t = s[c]\n`, 'element-unknown'],
    [`${ARRAY}group F = c, d\nlet x: t = sum(s over F)\n`, 'index-missing'],
    [`${ARRAY}let x: t = sum(s over G)\n`],
    [`${ARRAY}let x: t = sum(sum(s over G) over G)\n`, 'group-not-read'],
    [`${STORE}group G = a, b\nlet x: t = sum(s over G)\n`, 'group-not-read'],
    [`${STORE}group G = a, b\nlet x: t = s * sum(1 over G)\n`],
    [`${ARRAY}let x = sum(s > 0 over G)\n`, 'number-expected'],
    [`${ARRAY}measure m = final s\n`, 'index-missing'],
    [`${ARRAY}measure m = final s[a]\n`],
  ],
  names: [
    ['model "N"\n', 'declared-twice'],
    ['let time: t = 1 t\n', 'name-taken'],
    ['let min: t = 1 t\nlet x: t = min(min, 2 * min)\n', 'number-without-origin'],
    ['let x: t = max\n', 'name-not-readable'],
    [`${STORE}measure m = final s\nlet x = m\n`, 'name-not-readable'],
    [`${STORE}measure m = final s\nmeasure n = final m\n`, 'name-not-readable'],
    [`${ASSUMED}${scenario('x = 3')}let y = z\n`, 'name-not-readable'],
    [`${STORE}measure c = final s\n${claim('c > 0')}`],
    [`${STORE}measure m = final s\n${claim('m > 0')}${claim('m > 1 t')}`, 'name-taken'],
    [`source x "X"\ninput x: t\n  x 1\n`],
    ['let x = y\nstok y: t = 1\n', 'keyword-unknown'],
    ['let x = y\nlet z = y\nlet w = y\n', 'name-unknown'],
    ['input x: kg\n  assumed 1 kg to 2 kg "why"\n', 'unit-unknown'],
    ['input x: tday\n  assumed 5 t/day "why"\n', 'unit-unknown'],
    ['side "West"\nsource p "P" side West\n', 'part-missing'],
    ['as of 2024\nsource p "P"\ninput x: t\n  p 1\nviewpoint v\n  use p\n  hindsight\n', 'part-missing'],
    ['as of 2024-02-01\nsource p "P" date 2024\ninput x: t\n  p 1\n', 'part-missing'],
    ['let x: kg = 0\n  unit kg\n', 'line-unknown', 'unit-unknown'],
  ],
  equations: [
    ['let a = b\nlet b = a\n', 'cycle'],
    ['let a = a + 1\n', 'cycle'],
    ['stock s: t = s\n', 'start-cycle'],
    ['stock s: t = x\nlet x: t = s\n', 'start-cycle'],
    ['stock s: t = -5\n', 'start-below-zero'],
    ['stock s: t = -5 t\n', 'start-below-zero'],
    ['stock s: t signed = -5\n'],
    ['stock s: t = 5 t\n'],
    ['stock s: t = 50%\n', 'unit-mismatch'],
    ['stock s: share = 150%\n', 'share-out-of-range'],
    ['stock s: t = 1 / 0\n', 'unit-of-equation'],
    [`${STORE}let x = s - 0 day\n`, 'unit-mismatch'],
    [`${STORE}let x = s - 0\n`],
    [`${STORE}let x = s^(1/2)\n`],
    [`${STORE}let x = s^-1\n`],
    [`${STORE}let x = 1^s\n`, 'exponent-not-number'],
    ['let x: t = mod(1 t, 1 day)\n', 'unit-mismatch'],
    ['let x = max(time, 2024-02-01)\n', 'number-expected', 'number-expected'],
    ['let x = 2024-02-01\n', 'number-expected'],
    ['let x = -time\n', 'number-expected'],
    ['let x: day = time - 2024-02-01\n'],
    [`${STORE}let x = s > 0\nmeasure m = ever x\n`],
    [`${STORE}let x: 1 = s > 0\n`, 'unit-of-equation'],
    [`${STORE}let x: 1 = if s > 0 then if s > 1 t then 1 else 0 else 0\n`],
    [`${STORE}let x = s(1)\n`, 'function-unknown'],
    ['let x = uniform(1, 1)\n', 'function-unknown'],
  ],
  flows: [
    [`${ARRAY}  - f\n${FLOW}`, 'flow-shape'],
    [`${ARRAY}  - f[a]\n${FLOWS}`, 'flow-shape'],
    [`${ARRAY}  - f\n${FLOWS}`],
    [`${ARRAY}  - f[G]\n${FLOWS}`],
    [`group G = a, b\n${STORE}  - f\n${FLOWS}`],
    [`group G = a, b\n${STORE}  - f[a]\n${FLOWS}`, 'flow-without-stock'],
    [`group G = a, b\n${STORE}  - f[a, b]\n${FLOWS}`, 'index-count'],
    [`group G = a, b\n${STORE}  - f\n  - f\n${FLOWS}`, 'flow-used-twice'],
    [`${STORE}  - f[a]\n${FLOW}`, 'index-not-array'],
    [`${STORE}  - f\n  - f\n${FLOW}`, 'flow-used-twice'],
    [`${STORE}  - g\n`, 'name-unknown'],
    [`${STORE}  - f\nflow f: t/week = 1 t / 1 week\n`],
    [`${STORE}  - f\nflow f = s > 0\n`, 'unit-missing'],
    [`${STORE}  - f\nflow f: t/day = s > 0\n`, 'unit-of-equation'],
    [`${STORE}  - f\nflow f: t/day = asked f\n`, 'cycle'],
    [`${STORE}let y: t = asked s\n`, 'asked-not-flow'],
    [`${STORE}  = f\n${FLOW}`, 'line-unknown'],
  ],
  inputs: [
    ['input x: t\n', 'input-without-source'],
    ['input x: t\n  assumed 1 2 "why"\n', 'operator-missing'],
    ['input x: t\n  assumed 50% "why"\n', 'unit-mismatch'],
    ['input x: t\n  assumed 50% to 60% "why"\n', 'unit-mismatch'],
    ['input x: t\n  assumed 5 to 5 "why"\n', 'interval-impossible'],
    ['input x: t\n  assumed 5 - 9 "why"\n', 'interval-impossible'],
    ['input x: t\n  assumed 5 t-9 t "why"\n', 'interval-impossible'],
    ['input x: t\n  assumed at least 5 read as 5 - 9 "why"\n', 'interval-impossible'],
    ['input x: t\n  assumed 12 * 480 "why"\n'],
    ['input x: t\n  assumed 6 to 5 "why"\n', 'interval-impossible'],
    ['input x: t\n  assumed -6 to 0 "why"\n', 'interval-impossible'],
    ['input x: t\n  assumed -6 to -5 "why"\n'],
    ['input x: day\n  assumed 1 to 2 week "why"\n'],
    ['input x: share\n  assumed 50 "why"\n', 'share-out-of-range'],
    ['input x: t\n  assumed 1 ""\n', 'assumed-without-reason'],
    [`${SOURCES}input x: t\n  p about 1 read as 1 to 2 " "\n`, 'reading-without-reason'],
    ['input x: share/day\n  assumed 2% to 3% "why"\n'],
    ['input x: t\n  assumed at least 5 "why"\n', 'words-left-over'],
    ['input x: t\n  assumed denied "why"\n', 'words-left-over'],
    ['input x: t\n  assumed 5 read as 4 to 6 "why"\n', 'words-left-over'],
    [`${SOURCES}input x: t\n  p 1\n  assumed echo of p "why"\n`, 'words-left-over'],
    [`${SOURCES}input x: t\n  p echo of p\n`, 'echo-without-origin'],
    [`${SOURCES}input x: t\n  p 1\n  q echo of p\n`],
    [`${SOURCES}input x: t\n  p 1\n  q about 1 read as 1 to 2 "why" echo of p\n`, 'given-twice'],
    [`${SOURCES}input x: t\n  p 1\n  w 2\n`, 'source-unknown'],
    [`${SOURCES}input x: t\n  p about 1\n`, 'figure-not-usable'],
    [`${SOURCES}input x: t\n  p 1\n  q 2\n`, 'viewpoint-missing'],
    ['group G = a, b\ninput x[G]: t\n  assumed[a] 1 "why"\n', 'input-without-source'],
    ['group G = a, b\ninput x[G]: t\n  assumed[a] 1 "why"\n  assumed[b] 2 "why"\n'],
    ['group G = a, b\ninput x[G]: t\n  assumed[a] 1 "why"\n  assumed 2 "why"\n', 'estimate-twice'],
    ['input x: t\n  assumed[a] 1 "why"\n', 'index-not-array'],
    ['input x: 1\n  assumed 1e300 * 1e300 "why"\n', 'constant-impossible'],
    ['input x: 1\n  assumed (((9^300)^300)^300)^300 "why"\n', 'constant-impossible'],
    [`${ASSUMED}input y: t\n  assumed uniform(x, 3) "why"\n`, 'constant-expected'],
    ['as of 2024-02-01\nsource p "P"\ninput x: t\n  p 1\ninput y: t\n  p 1\n', 'source-without-date'],
    ['as of 2024-02-01\nsource p "P" date 2024-03-01\ninput x: t\n  p 1\n', 'figure-not-usable'],
  ],
  viewpoints: [
    [`${SOURCES}${ASSUMED}viewpoint v\n  use p\n`],
    [`${SOURCES}input x: t\n  p 1\nviewpoint v\n  use p\n  use p\n`, 'given-twice'],
    [`${SOURCES}input x: t\n  p 1\nviewpoint v\n  use w\n`, 'source-unknown'],
    [`${SOURCES}input x: t\n  p 1\nviewpoint v\n  use side W\n`, 'side-unknown'],
    [`${SOURCES}input x: t\n  p 1\nviewpoint v\n  us q\n`, 'line-unknown'],
    [`${SOURCES}input x: t\n  p 1\nviewpoint v\n`, 'viewpoint-without-speaker'],
    [
      `${SOURCES}input x: t\n  p 1\nviewpoint v\n  use q\nviewpoint w\n  use q\nviewpoint u\n  use p\n`,
      'viewpoint-without-figure',
    ],
    [`${SOURCES}input x: t\n  p 1\n  q 2\nviewpoint "V"\n  use q\n`, 'part-missing'],
  ],
  measures: [
    [`${STORE}measure m = highest s over 2023-01-01 .. 2024-02-01\n`, 'instant-outside-time'],
    [`${STORE}measure m = total s over 2024-02-01 .. 2024-02-01\n`, 'window-empty'],
    [`${STORE}measure m = total s over 2024-01-01 .. 2024-01-01\n`, 'window-empty'],
    [`${STORE}measure m = final s over 2024-01-01 .. 2024-02-01\n`, 'words-left-over'],
    [`${STORE}measure m = at 2024-02-01 s over 2024-01-01 .. 2024-02-01\n`, 'words-left-over'],
    [
      `${STORE}measure m = time until s < 0 from 2024-03-01 over 2024-01-01 .. 2024-02-01\n`,
      'window-empty',
    ],
    [`${STORE}measure m = time until s\n`, 'condition-expected'],
    [`${STORE}measure m: t = time until s > 0\n`, 'unit-of-equation'],
    [`${STORE}measure m: t = total s\n`, 'unit-of-equation'],
    [`${STORE}measure m: t = total (s > 0)\n`, 'number-expected'],
    ['measure m = final time\n', 'number-expected'],
  ],
  claims: [
    [`${STORE}  - f\n${FLOW}${claim('f > 0')}`, 'claim-reads-variable'],
    [claim('zzz > 0'), 'name-unknown'],
    [claim('time > 2024-01-01'), 'name-not-readable'],
    [claim('t > 0'), 'claim-reads-nothing'],
    [`${ASSUMED}${claim('x > 0')}`],
    [`${STORE}measure m = final s\n${claim('m')}`, 'condition-expected'],
    [claim('not testable ""'), 'claim-reason-missing'],
    [`${SHARE}${claim('x > 50')}`, 'share-out-of-range'],
    [`${SHARE}${claim('10% < x <= 50%')}`],
    [`${SHARE}measure m: share = final x\n${claim('50 < m')}`, 'share-out-of-range'],
    [`${UNTIL}${claim('m > 2 day')}`],
    [`${UNTIL}${claim('max(m, 3 day) + 1 day > 2 day')}`, 'never-in-arithmetic'],
    [`${UNTIL}${claim('m > 2024-02-01')}`, 'unit-mismatch'],
    [`source p "P"\n${claim('on record\n  for p\n  against p')}`, 'given-twice'],
    [`source p "P"\n${claim('on record\n  partly p')}`],
    [`source p "P"\nsource q "Q"\n${claim('on recrd\n  for p\n  against q')}`, 'operator-missing'],
    [`source p "P"\nsource q "Q"\n${claim('for p\n  against q')}`, 'line-unknown'],
  ],
  scenarios: [
    [`${ASSUMED}${scenario('x = 3')}`],
    [`${ASSUMED}${scenario()}`, 'part-missing'],
    [`${ASSUMED}${scenario('x = 3', 'x = 4')}`, 'given-twice'],
    [`${ASSUMED}${scenario('x = 3 day')}`, 'unit-mismatch'],
    [`${ASSUMED}${scenario('x[a] = 3')}`, 'index-not-array'],
    [`${ASSUMED}${scenario('x = x')}`, 'constant-expected'],
    [`${STORE}${scenario('s = 3')}`, 'scenario-not-input'],
    [`${SHARE}${scenario('x = 200%')}`, 'share-out-of-range'],
    [`group G = a, b\ninput x[G]: t\n  assumed 1 "why"\n${scenario('x = 3', 'x[a] = 4')}`, 'given-twice'],
    [`group G = a, b\ninput x[G]: t\n  assumed 1 "why"\n${scenario('x[c] = 3')}`, 'element-unknown'],
  ],
};

describe.each(Object.entries(TABLE))('%s', (_, cases) => {
  test.each(cases)('%j', (text, ...codes) => {
    expect(codesOf(text)).toEqual(codes);
  });
});

describe('what only the whole model shows of its time', () => {
  const held = (argument: string, read: string): string =>
    `table pace(${argument}): t/day held\n  assumed "why"\n  0, 7 t/day\n  1, 0 t/day\n  14, 1 t/day\nmeasure m: t = total ${read}\n`;
  const byWeek = (text: string): readonly string[] =>
    codesButUse(compileText(HEAD.replace('03-31 by 1 day', '03-25 by 1 week') + text));
  test.each<Case>([
    [held('day', 'pace(time - 2024-01-01)'), 'table-between-steps'],
    [held('day', 'pace(time - 2024-01-02)'), 'table-between-steps', 'table-between-steps'],
    [held('week', 'pace(time - 2024-01-01)')],
    [held('1', 'pace((time - 2024-01-01) / 1 day)'), 'table-between-steps'],
    [`let since: day = time - 2024-01-01\n${held('day', 'pace(since)')}`, 'table-between-steps'],
    [held('day', 'pace(time - 2024-01-01) + pace(time - 2024-01-01)'), 'table-between-steps'],
    [held('day', 'pace(time - 2024-01-01)').replace(' held', '')],
    [`${STORE}${held('t', 'pace(s)')}`],
  ])('%j', (text, ...codes) => {
    expect(byWeek(text)).toEqual(codes);
  });

  const short = (kind: string, length: string): string =>
    `input l: day\n  assumed ${length} "why"\nlet came: t = ${kind}(1 t, l, 0)\n`;
  test.each<Case>([
    [short('delay', '1')],
    [short('delay', '0.9'), 'delay-too-short'],
    [short('smooth', '-4'), 'delay-negative'],
    [short('delay1', '1')],
    [short('delay3', '3')],
    [short('delay3', '2.9'), 'delay-too-short'],
    [short('smooth3', '2 to 4'), 'delay-too-short'],
    [short('smooth3', '2 to 6')],
  ])('%j', (text, ...codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  const road = (length: string): string => `let came: t = delay(1 t, ${length}, 0)\n`;
  const long = 'input l: day\n  assumed uniform(80, 200) "why"\n';
  test.each<Case>([
    [road('91 day'), 'delay-too-long', 'number-without-origin'],
    [road('90 day'), 'number-without-origin'],
    [`${long}${road('l')}`],
    [`${long}${road('l + 1 month')}`, 'delay-too-long'],
    [`${long}${road('l + 1 month').replace('delay(', 'smooth(')}`],
  ])('%j', (text, ...codes) => {
    expect([...codesOf(text)].sort()).toEqual([...codes].sort());
  });
});

describe('one mistake gives one message', () => {
  const PILED = '  + piled\nflow piled: t/day = 1 t / 1 day\n';
  test.each<Case>([
    ['lever x: share = 0% .. 90% = 0%\nmeasure m: share = final x\nscenario z\n  x = 90%\n', 'part-missing'],
    ['lever x: share 90% .. 0% = 20%\nscenario z\n  x = 50%\n', 'lever-range'],
    ['let x: t = max(\n  1 t,\n  0\n)\nlet y: t = x\n', 'keyword-unknown'],
    [`stock s: t = max(\n  1 t,\n  0\n)\n${PILED}`, 'keyword-unknown'],
    [`stock s: t = max(\n  1 t, (\n  0\n)\n)\n${PILED}`, 'keyword-unknown', 'keyword-unknown'],
    ['group G = a, b\nstock s[\n  G\n]: t = 1\n', 'keyword-unknown'],
    ['let x: t = 1 t\n)\nlet y: t = x\n', 'keyword-unknown'],
    ['let x: t = max(1 t,\nlet y: t = x\n', 'value-missing'],
  ])('%j', (text, ...codes) => {
    expect(codesOf(text)).toEqual(codes);
  });
});

const ASSUMED_IN = (name: string, groups = ''): string => `input ${name}${groups}: t\n  assumed 1 t "why"\n`;
const PRICE = 'table price(t): t\n  assumed "why"\n  0, 0\n  1, 2\n';

describe('what does nothing is named', () => {
  const IDLE: readonly Case[] = [
    ['input x: t\n  assumed 1 "why"\n', 'x'],
    [ASSUMED_IN('x'), 'x'],
    [`${ASSUMED_IN('x')}${scenario('x = 3')}`, 'x'],
    [`${ASSUMED_IN('x')}${ASSUMED_IN('y')}correlate x, y 0.5\nmeasure m = final x\n`, 'y'],
    [`${ASSUMED_IN('x')}measure m = final x\n`],
    [`${ASSUMED_IN('x')}${claim('x > 0')}`],
    [`${ASSUMED_IN('x')}stock r: t = x\n  + g\nflow g: t/day = 1 t / 1 day\n`],
    [`group G = a, b\n${ASSUMED_IN('x', '[G]')}measure m = final x[a]\n`],
    ['let a = s\nlet b = a\n', 'b'],
    ['lever z: t 0 .. 3 = 1\n', 'z'],
    [PRICE, 'price'],
    [`${PRICE}measure m = final price(s)\n`],
    ['unit bag\n', 'bag'],
    ['unit bag\nunit crate = 12 bag\n', 'crate'],
    ['unit bag = 2 t\nmeasure m: bag = final s\n'],
    ['unit bag = 2 t\nmeasure m = ever s > 3 bag\n'],
    ['unit bag = 2 t\nmeasure m = ever s > bag\n'],
    ['unit bag = 2 t\ninput x: t\n  assumed 1 bag "why"\nmeasure m = final x\n'],
    ['group G = a, b\n', 'G'],
    ['group G = a, b\nmeasure m = final s * sum(1 over G)\n'],
    ['actor RU\n', 'RU'],
    ['actor RU\ngroup G = RU\n', 'G'],
    ['source p "P"\n', 'p'],
    ['source p "P" author\n'],
    [`source p "P"\n${claim('on record\n    for p')}`],
    ['source p "P"\ntable price(t): t\n  by p\n  0, 0\n  1, 2\nmeasure m = final price(s)\n'],
    ['side W\n', 'W'],
    ['side W\nsource p "P" side W\ninput x: t\n  p 1\nmeasure m = final x\n'],
    ['stock r: t = 1\n', 'r'],
    ['stock r: t = 0\n  - g\nflow g: t/day = 1 t / 1 day\n', 'r'],
    ['stock r: t = 1\n  - g\nflow g: t/day = 1 t / 1 day\n'],
    ['stock r: t = 0\n  + g\nflow g: t/day = 1 t / 1 day\n'],
    ['stock r: t signed = 0\n  - g\nflow g: t/day = 1 t / 1 day\n'],
    [`group G = a, b\nstock r[G]: t = 0\n  + g\n${FLOWS}`],
  ];
  test.each(IDLE)('%j', (text, ...names) => {
    expect(idleIn(text)).toEqual(names);
  });
  test('but not while the model asks nothing yet, or says what cannot be read', () => {
    expect(idleIn(`${STORE}${ASSUMED_IN('x')}`, HEAD)).toEqual([]);
    expect(idleIn(`${ASSUMED_IN('x')}let y = x +\n`)).toEqual([]);
    expect(idleIn(`${ASSUMED_IN('x')}let y = zzz\n`)).toEqual([]);
  });
});

describe('what stands in a wrong place is told its place, once', () => {
  const GROUP = 'group G = a, b\nstock s[G]: t = 1\n';
  test.each<readonly [text: string, code: string, says: string]>([
    ['stock s: t = 1 signed\n  + f\nflow f: t/day two-way = 1 t / 1 day\n', 'words-left-over', 'UNIT signed ='],
    [`${STORE.trim()}\n  + f\nflow f: t/day = 1 t / 1 day two-way\n`, 'words-left-over', 'UNIT two-way ='],
    [`${GROUP}let o[c in G] = sum(s[d] for d in G where d)\n`, 'words-left-over', 'sum(x over Group) - x'],
    [`${STORE}let y = s <= 0\nclaim c "C"\n  ever y\n`, 'words-left-over', 'measure NAME = ever'],
    [`${STORE}let y = s <= 0\nclaim c "C"\n  y\n`, 'claim-reads-variable', 'ever y'],
    [`${STORE}claim c "C"\n  s\n`, 'claim-reads-variable', 'final s'],
    ['side E "E"\nsource p "P"\nviewpoint v\n  use E\n', 'source-unknown', 'use side E'],
    ['input x: t/yr\n  assumed 1 "why"\n', 'unit-unknown', '`year`'],
    ['unit kt = 1_000 t\nlet x: kt/day = 3 * 2\n', 'unit-of-equation', 'kt/day'],
    [`${STORE}let y = s <= 0\nlet z = s > 1 t\ndefinition d: t = y | z\nmeasure m = ever d\n`, 'definition-unlike', ''],
    ['group G = a, b\ninput x[G]: t\n  assumed[c] 1 "why"\n  assumed[c] 2 "why"\n', 'element-unknown', ''],
  ])('%j', (text, code, says) => {
    const faults = compileText(HEAD + text).diagnostics.filter(({ severity }) => severity === 'error');
    expect(faults.map((fault) => fault.code)).toEqual([code]);
    expect(faults[0]?.hint).toContain(says);
  });
});

test('a series over a group names no single column', () => {
  const text = (column: string): string =>
    `${HEAD}group G = a, b\nseries x[G]: t from "x.csv"\n  ${column}\n  assumed "why"\n  ends kept\n`;
  const files = { 'x.csv': 'date,a,b\n2024-01-01,1,2\n' };
  const codes = (column: string): readonly string[] =>
    compileText(text(column), files).diagnostics.map(({ code }) => code);
  expect(codes('column "a" in t')).toContain('words-left-over');
  expect(codes('column in t')).not.toContain('words-left-over');
});

describe('a text of any size is answered in time', () => {
  const lines = (count: number, line: (number: number) => string): string =>
    Array.from({ length: count }, (_, number) => line(number)).join('');
  test.each([
    ['a chain of lets without units', `${lines(10_000, (n) => `let a${n} = a${n + 1}\n`)}let a10000: t = 1 t\n`, []],
    ['a chain of units', `${lines(900, (n) => `unit u${n} = 1 u${n + 1}\n`)}unit u900\n`, []],
    ['a circle of units', lines(3_000, (n) => `unit u${n} = 2 u${(n + 1) % 3_000}\n`), ['unit-circle']],
    [
      'estimates for many elements',
      `group G = ${lines(5_000, (n) => `${n === 0 ? '' : ', '}g${n}`)}\ninput x[G]: t\n${lines(5_000, (n) => `  assumed[g${n}] 1 "why"\n`)}`,
      [],
    ],
  ])('%s', (_, text, codes) => {
    const before = performance.now();
    expect(codesOf(text)).toEqual(codes);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  test('names that nobody declares: 200 messages and a last one', () => {
    const codes = codesOf(lines(5_000, (n) => `let a${n}: t = nobody${n}\n`));
    expect(codes).toHaveLength(201);
    expect(codes.at(-1)).toBe('too-many-faults');
  });
});
