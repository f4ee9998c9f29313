import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Problem } from './installation.ts';

/** Asks for a new password twice without showing it, or reads it from standard input. Never from the command line. */
export async function askPassword({ fromStdin }: { fromStdin: boolean }): Promise<string> {
  if (fromStdin) return (await text(process.stdin)).replace(/\r?\n$/, '');
  requireTerminal('There is no terminal to ask for the password on: pass it with --password-stdin.');
  const first = await askHidden('Password: ');
  if ((await askHidden('Again: ')) !== first)
    throw new Problem('The two passwords differ; nothing was changed.');
  return first;
}

/** Asks a yes-no question that is preselected with yes; `otherwise` is the sentence when there is nobody to ask. */
export async function askYes(question: string, otherwise: string): Promise<boolean> {
  requireTerminal(otherwise);
  const answer = await askLine(`${question} [Y/n] `, process.stderr);
  return !/^n/i.test(answer.trim());
}

function requireTerminal(otherwise: string): void {
  if (!process.stdin.isTTY) throw new Problem(otherwise);
}

async function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const answer = await askLine('', nowhere, question);
  process.stderr.write('\n');
  return answer;
}

async function askLine(question: string, output: NodeJS.WritableStream, shown = ''): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  process.stderr.write(shown); // from here on the terminal itself echoes nothing
  const gone = new AbortController();
  lines.once('close', () => gone.abort()); // Ctrl-C or the end of input
  try {
    return await lines.question(question, { signal: gone.signal });
  } catch {
    throw new Problem('Nothing was changed.');
  } finally {
    lines.close();
  }
}
