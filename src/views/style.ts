/** How text is marked on a terminal or a page; a host that knows no colour passes `PLAIN`. */
export type Style = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  /** A verdict's colour: blue for what holds, orange for what fails, both told apart by the colour-blind. */
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
};

const same = (text: string): string => text;
export const PLAIN: Style = { bold: same, dim: same, good: same, bad: same };
