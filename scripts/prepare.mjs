/**
 * Makes the checkout ready to run: installs the packages of package-lock.json and compiles src/ to dist/. `npm start`
 * and `npm test` run it first, so that they work in a fresh clone; where nothing has changed it only looks and leaves.
 * Plain JavaScript without packages, since it runs before there are any. It never changes package-lock.json.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALLED_STAMP = join(ROOT, 'node_modules', '.casus-installed');
const BUNDLES = join(ROOT, 'dist', 'bundle');
const BUILT_STAMP = join(ROOT, 'dist', '.casus-built');

checkNode();
try {
  install();
  build();
} catch (error) {
  // Whatever cannot be read or written names its file.
  if (typeof error?.code !== 'string') throw error;
  fail(`Casus could not be made ready: ${error.message}.`);
}

/** Older versions fail later and less clearly. */
function checkNode() {
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(`Casus needs Node.js ${wanted} or newer; this is ${process.versions.node}.`);
}

function install() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  // Some packages hold compiled code, so that they fit one system and one Node.js only.
  const state = hash([lock, process.versions.node.split('.')[0] ?? '', process.platform, process.arch]);
  const stamp = read(INSTALLED_STAMP);
  if (stamp === state) return;
  // Somebody who ran npm themselves has no stamp, but has what the lock file asks for.
  if (stamp === null && agrees(lock)) return writeFileSync(INSTALLED_STAMP, state);

  note('Installing packages; this takes a moment, once.');
  // `--include=dev` since the compiler is one of them, also where NODE_ENV says production.
  run(
    'Installing packages failed',
    ...npm(),
    'ci',
    '--include=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  );
  writeFileSync(INSTALLED_STAMP, state);
}

/**
 * Whether all packages of the lock file are installed, by the record that npm itself keeps in node_modules.
 * @param {string} lock
 */
function agrees(lock) {
  const installed = read(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installed === null) return false;
  const have = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([place, entry]) => place === '' || entry.optional || have[place]?.version === entry.version,
  );
}

function build() {
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  // What V8 has compiled fits one version of it only.
  const state = hash([...sources(), read(INSTALLED_STAMP) ?? '', process.versions.v8]);
  if (read(BUILT_STAMP) === state) return;
  note('Compiling.');
  // From here on what is there is in part new: whoever is interrupted begins anew.
  rmSync(BUILT_STAMP, { force: true });
  run('Compiling failed', process.execPath, compiler, '--build', join(ROOT, 'tsconfig.json'));
  const bundler = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const plan = join(ROOT, 'scripts', 'bundle.config.mjs');
  // Made beside the old ones, which serve until then, and by a name of its own, as others may build at the same time.
  const made = `${BUNDLES}-${process.pid}`;
  clearAway();
  for (const mode of ['main', 'engine-thread'])
    run(
      'Bundling failed',
      ...[process.execPath, bundler, 'build', '--config', plan],
      ...['--mode', mode, '--outDir', made],
    );
  keepCompiled(join(made, 'main.cjs'));
  putInPlace(made);
  mkdirSync(dirname(BUILT_STAMP), { recursive: true });
  writeFileSync(BUILT_STAMP, state);
}

/** Takes away what builds have left that were interrupted; those that are still at work keep theirs. */
function clearAway() {
  for (const name of existsSync(dirname(BUNDLES)) ? readdirSync(dirname(BUNDLES)) : []) {
    const [, builder] = /^bundle-(\d+)$/.exec(name) ?? [];
    if (builder !== undefined && !isAtWork(Number(builder)))
      rmSync(join(dirname(BUNDLES), name), { recursive: true, force: true });
  }
}

/** @param {number} processNumber */
function isAtWork(processNumber) {
  try {
    return process.kill(processNumber, 0);
  } catch (error) {
    // Somebody else's process is at work, too.
    return error.code === 'EPERM';
  }
}

/**
 * Puts finished bundles in the place of the old ones. Another build that does so in between has made the same, of the same files.
 * @param {string} made
 */
function putInPlace(made) {
  for (let tries = 1; ; tries++) {
    rmSync(BUNDLES, { recursive: true, force: true });
    try {
      return renameSync(made, BUNDLES);
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

/**
 * Lets V8 keep what it compiles while it checks a large argument and runs and formats a small one; see
 * `bin/load-bundle.js`. What these say does not matter here: a fault in a model is no fault of the build.
 * @param {string} command
 */
function keepCompiled(command) {
  const caller = join(ROOT, 'scripts', 'call-bundle.mjs');
  const models = join(ROOT, 'models');
  for (const words of [
    ['check', join(models, 'everything-depends-on-ourselves')],
    ['run', join(models, 'casus-foederis'), '--runs', '10', '--format', 'table'],
    ['format', '--check', join(models, 'casus-foederis')],
  ])
    spawnSync(process.execPath, [caller, '--keep', command, 'main', 'node', 'casus', ...words], {
      cwd: ROOT,
      stdio: 'ignore',
    });
}

/** Every file that the compiler reads or is told by, with its size and the time of its last change. */
function sources() {
  const configurations = readdirSync(ROOT).filter((name) =>
    /^(tsconfig.*\.json|package\.json|.*\.ts)$/.test(name),
  );
  const folders = ['src', 'test', 'bench', 'scripts', 'bin'].filter((name) => existsSync(join(ROOT, name)));
  const below = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|js|json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  return [...configurations.map((name) => join(ROOT, name)), ...below].sort().map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  });
}

/**
 * How to start npm: the one that runs this script where there is one, since the path may hold another or none.
 * @returns {[string, ...string[]]}
 */
function npm() {
  const own = process.env.npm_execpath;
  return own && basename(own) === 'npm-cli.js' ? [process.execPath, own] : ['npm'];
}

/**
 * Runs a step quietly; where it fails, shows all that it said and ends.
 * @param {string} failure
 * @param {string} command
 * @param {...string} rest
 */
function run(failure, command, ...rest) {
  // On Windows npm is a script, which only a shell starts; none of the words needs quoting.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, signal, stdout, stderr, error } = spawnSync(command, rest, {
    cwd: ROOT,
    shell,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  const why = error ? `: ${error.message}` : signal ? ` (stopped by ${signal})` : '';
  fail(`${failure}${why}. What went wrong is said above.`);
}

/** @param {readonly string[]} parts */
function hash(parts) {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/**
 * A file's text, or null where there is none.
 * @param {string} file
 */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** @param {string} text */
function note(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
