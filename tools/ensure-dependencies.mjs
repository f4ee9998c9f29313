import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { Refusal } from './refusal.mjs';
import { runWithProgress } from './run-with-progress.mjs';

const SHOWN_LINES = 15;

/**
 * Installs what package-lock.json names under the pinned Node, unless it is there: a stamp in node_modules has the hash
 * of the lock file. Two runs at once install once.
 */
export async function ensureDependencies({ root, cache, node, log }) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = sha256(lockText);
  const stamp = join(root, 'node_modules', '.kekal-lock');
  if (readIf(stamp) === hash) return;
  await withLock(
    join(cache, 'locks', `install-${sha256(root).slice(0, 16)}`),
    async () => {
      if (readIf(stamp) === hash) return;
      const lock = JSON.parse(lockText);
      if (!isInstalled(root, lock)) await install({ root, node, log });
      if (!isInstalled(root, lock)) {
        throw new Refusal(
          'npm installed other packages than package-lock.json names; remove node_modules and try again.',
        );
      }
      writeFileSync(stamp, hash);
    },
    ({ pid }) => log(`Another run (process ${pid}) is installing the dependencies; waiting for it.`),
  );
}

/**
 * Whether npm's own record of node_modules has every locked package, in the locked version, and nothing beside them but
 * optional packages: those of a system for which the lock file was not made.
 */
export function isInstalled(root, lock) {
  const record = readIf(join(root, 'node_modules', '.package-lock.json'));
  if (record === null) return false;
  const installed = JSON.parse(record).packages ?? {};
  const locked = Object.entries(lock.packages ?? {}).filter(([path]) => path !== '');
  return (
    locked.every(([path, { version, optional }]) =>
      installed[path] ? installed[path].version === version : optional,
    ) && Object.entries(installed).every(([path, { optional }]) => lock.packages[path] || optional)
  );
}

async function install({ root, node, log }) {
  const env = { ...process.env, PATH: [node.bin, process.env.PATH].filter(Boolean).join(delimiter) };
  delete env.npm_config_engine_strict;
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another system, and a registry may lack it.
  // Versions are held by the lock file, which --no-save leaves as it is, and checked afterwards.
  const flags = ['--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  await runWithProgress(node.executable, [node.npmCli, 'install', ...flags], {
    what: 'Installing the locked dependencies',
    log,
    cwd: root,
    env,
  }).catch((error) => {
    throw new Refusal(
      `${String(error.output ?? '')
        .trim()
        .split('\n')
        .slice(-SHOWN_LINES)
        .join('\n')}\n` +
        'The dependencies could not be installed; check the network and the registry settings of npm, then run the command again.',
    );
  });
}

function readIf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
