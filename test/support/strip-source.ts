/**
 * TypeScript without its comments and, if wished, without the insides of its strings, so that house rules can be
 * matched against code alone. Offsets and lines stay: what is taken away becomes spaces. A scanner, not a parser: it
 * tells a regular expression from a division by what stands before the slash.
 */

export type Stripping = { readonly strings: 'keep' | 'blank' };

export function stripSource(source: string, { strings }: Stripping): string {
  let stripped = '';
  /** For each open brace: whether it belongs to a `${` and its end leads back into a template. */
  const braces: boolean[] = [];
  let at = 0;

  const keep = (to: number): void => {
    stripped += source.slice(at, to);
    at = to;
  };
  const blank = (to: number): void => {
    stripped += source.slice(at, to).replace(/[^\n\r]/g, ' ');
    at = to;
  };
  const literal = (to: number): void => (strings === 'keep' ? keep(to) : blank(to));
  /** From inside a template: up to its end or to the next `${`. */
  const template = (): void => {
    let end = at;
    while (end < source.length && source[end] !== '`' && source.slice(end, end + 2) !== '${') {
      end += source[end] === '\\' ? 2 : 1;
    }
    literal(Math.min(end, source.length));
    const ends = source[at] === '`';
    if (!ends) braces.push(true);
    keep(Math.min(at + (ends ? 1 : 2), source.length));
  };

  while (at < source.length) {
    const sign = source[at]!;
    const two = source.slice(at, at + 2);
    if (two === '//') blank(lineEnd(source, at));
    else if (two === '/*') {
      const end = source.indexOf('*/', at + 2);
      blank(end < 0 ? source.length : end + 2);
    } else if (sign === "'" || sign === '"') {
      keep(at + 1);
      literal(closing(source, at, sign));
      keep(at + 1);
    } else if (sign === '`') {
      keep(at + 1);
      template();
    } else if (sign === '/' && beginsExpression(stripped)) {
      keep(at + 1);
      literal(closingSlash(source, at));
      keep(at + 1);
    } else {
      keep(at + 1);
      if (sign === '{') braces.push(false);
      if (sign === '}' && braces.pop() === true) template();
    }
  }
  return stripped;
}

function lineEnd(source: string, from: number): number {
  const end = source.slice(from).search(/[\n\r]/);
  return end < 0 ? source.length : from + end;
}

function closing(source: string, from: number, quote: string): number {
  let end = from;
  while (end < source.length && source[end] !== quote && source[end] !== '\n')
    end += source[end] === '\\' ? 2 : 1;
  return end;
}

/** A slash in a class of characters does not end a regular expression. */
function closingSlash(source: string, from: number): number {
  let inClass = false;
  for (let end = from; end < source.length; end++) {
    const sign = source[end];
    if (sign === '\\') end++;
    else if (sign === '[') inClass = true;
    else if (sign === ']') inClass = false;
    else if ((sign === '/' && !inClass) || sign === '\n') return end;
  }
  return source.length;
}

/** Whether what comes next begins a value: then a slash opens a regular expression. */
function beginsExpression(before: string): boolean {
  const text = before.slice(-40).trimEnd();
  if (text === '') return true;
  if (/\b(?:return|typeof|case|in|of|void|throw|await|yield|else)$/.test(text)) return true;
  return /[(,=:[!&|?{};+\-*%<>~^]$/.test(text);
}
