// The way in: `node tools/run.mjs SCRIPT [args]` runs SCRIPT of this project under the pinned Node, with the locked
// dependencies installed. Nothing newer than Node 20 in any .mjs of this folder, and no dependency; this file alone
// must be readable by older ones, to tell them so.
const major = Number(process.versions.node.split('.')[0]);

if (major < 20) {
  console.error(`Kekal needs Node 20 or newer to start; this is Node ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  void import('./bootstrap.mjs').then(({ bootstrap }) => bootstrap(process.argv.slice(2)));
}
