import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { readText, repositoryFiles } from './repository.ts';

const BINARY = /\.(?:png|jpe?g|gif|ico|woff2?|ttf|pdf|gz)$/;
/** The rules below, spelt out, are no breach of them. */
const THIS_FILE = 'test/repository/text.test.ts';
const files = repositoryFiles().filter((path) => !BINARY.test(path) && path !== THIS_FILE);

/** Lines that match, as `path:line: text`. */
function linesThatMatch(pattern: RegExp, among: readonly string[]): string[] {
  return among.flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('no file names an absolute path of the machine it was written on', () => {
  expect(linesThatMatch(/(?<![\w.~}])\/(?:work\/|root\/|Users\/|tmp\/)/, files)).toEqual([]);
});

test('no file names a package registry or a module proxy', () => {
  const hosts = /\bregistry\.(?:npmjs\.org|yarnpkg\.com)|\bregistry\s*=|\bproxy\.golang\.org|\bGOPROXY=/;

  expect(linesThatMatch(hosts, files)).toEqual([]);
});

test('no file reads what lies beside the repository', () => {
  expect(linesThatMatch(/\.\.\/shared\b/, files)).toEqual([]);
});

test('every path and anchor that a page links to is there', () => {
  const pages = files.filter((path) => path.endsWith('.md'));

  const dead = pages.flatMap((page) =>
    linksOf(readText(page))
      .filter((link) => !resolves(page, link))
      .map((link) => `${page}: ${link}`),
  );

  expect(dead).toEqual([]);
});

/** Targets of inline and reference links and of images, less those with a scheme. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g)];
  const reference = [...prose.matchAll(/^\[[^\]]+\]:\s+<?([^>\s]+)/gm)];
  return [...inline, ...reference]
    .map(([, target]) => target ?? '')
    .filter((link) => !/^[a-z+]+:/.test(link));
}

function resolves(page: string, link: string): boolean {
  const [path = '', anchor] = decodeURI(link).split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path)).replace(/\/$/, '');
  const isFolder = target === '.' || files.some((file) => file.startsWith(`${target}/`));
  if (!isFolder && !files.includes(target)) return false;
  return anchor === undefined || (target.endsWith('.md') && anchorsOf(readText(target)).has(anchor));
}

/** The anchors that a page gets for its headings. */
function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test('the link check finds dead paths, dead anchors, and leaves code alone', () => {
  const page =
    '[a](docs/none.md) [b](#no-such-heading) [c](https://x.test/y) `[d](none)`\n```\n[e](none)\n```\n[f]: none.md\n';

  expect(linksOf(page)).toEqual(['docs/none.md', '#no-such-heading', 'none.md']);
  expect(anchorsOf('# One wait\n## `sleepUntil`, twice\n')).toEqual(
    new Set(['one-wait', 'sleepuntil-twice']),
  );
  expect(resolves('README.md', 'docs/none.md')).toBe(false);
  expect(resolves('README.md', 'package.json')).toBe(true);
  expect(resolves('README.md', 'tools/')).toBe(true);
});
