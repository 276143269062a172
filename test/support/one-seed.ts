/**
 * Properties draw new examples at every run, as that is how they find anything. Continuous integration judges a change by
 * what it changed, so it names a seed (`CASUS_SEED`) and always meets the same examples.
 */
import fc from 'fast-check';

const asked = process.env['CASUS_SEED'];
if (asked !== undefined) {
  const seed = Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`CASUS_SEED is to be a whole number, not \`${asked}\``);
  fc.configureGlobal({ seed });
}
