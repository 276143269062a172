/**
 * Puts the command and its packages into one file, and the engine's threads into another: reading two hundred small
 * files takes a tenth of a second longer than everything that `casus check` does with a model. The mode says which
 * (`--mode main`), one at a time, since together they would share a third file. What starts a process is a script and
 * no module, because only of a script does Node 20 let V8's compiled code be kept (`bin/load-bundle.js`).
 */
import { createHash } from 'node:crypto';

const BUNDLES = {
  main: { input: 'dist/cli/main.js', outDir: 'dist/bundle', format: 'cjs', extension: 'cjs' },
  'engine-thread': {
    input: 'dist/cli/engine-thread.js',
    outDir: 'dist/bundle',
    format: 'es',
    extension: 'js',
  },
  'first-calls': {
    input: 'dist/bench/bench/first-calls.js',
    outDir: 'dist/bench',
    format: 'cjs',
    extension: 'cjs',
  },
};

/**
 * A text with nothing but ASCII takes V8 half the memory and time; what else there is stands in strings and patterns. Its
 * hash comes last, so that what V8 keeps of it can be told from what it has kept of another.
 */
const finished = {
  name: 'finished',
  generateBundle: (_, files) => {
    for (const file of Object.values(files)) {
      const escaped = file.code.replace(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      file.code = `${escaped}\n// ${createHash('sha256').update(escaped).digest('hex')}`;
    }
  },
};

export default ({ mode }) => {
  const { input, outDir, format, extension } = BUNDLES[mode];
  return {
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rollupOptions: {
        input,
        plugins: [finished],
        output: {
          entryFileNames: `${mode}.${extension}`,
          format,
          comments: { legal: true, annotation: false, jsdoc: false },
        },
      },
    },
    ssr: { noExternal: true },
  };
};
