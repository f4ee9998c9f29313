import { Html, html } from '../pages/html.ts';
import { curlLine } from './curl-line.ts';
import { ERROR_CASES } from './error-answers.ts';
import { type Operation, type Sample, TAGS } from './operation.ts';
import { pathParameters } from './operation-object.ts';
import { OPERATIONS } from './operations.ts';
import { PARAMETER_TEXTS } from './parameter-texts.ts';
import { answerSchema, type JsonSchema, requestSchema } from './schemas.ts';

/** The one stylesheet of the page; its hash stands in the page's Content-Security-Policy. */
export const REFERENCE_STYLE = `
:root{color-scheme:light dark;--ground:#fff;--ink:#17212b;--quiet:#4b5866;--line:#d5dbe1;--code:#f3f5f6;--brand:#0b5d4a}
@media (prefers-color-scheme:dark){:root{--ground:#10161c;--ink:#e9eef3;--quiet:#aab6c2;--line:#33404d;--code:#1a222b;--brand:#6fdcbd}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
p,td,li,code{overflow-wrap:anywhere}
.page{max-width:60rem;margin-inline:auto;padding:1rem}
a{color:var(--brand)}
h1{font-size:1.75rem}h2{margin-top:3rem;border-bottom:1px solid var(--line)}h3{margin:2.5rem 0 .25rem}
nav p{font-weight:600;margin:1rem 0 0}
nav ul{columns:26rem;list-style:none;padding:0;margin:.25rem 0}
nav li{break-inside:avoid}
table{width:100%;border-collapse:collapse;margin:.5rem 0}
caption{text-align:left;font-weight:600}
th,td{text-align:left;vertical-align:top;padding:.375rem .5rem;border-bottom:1px solid var(--line)}
th{font-weight:600;white-space:nowrap}
code,pre{font:.875rem/1.45 ui-monospace,Menlo,Consolas,monospace}
pre{background:var(--code);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;overflow-x:auto}
.quiet{color:var(--quiet)}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
`;

/** The reference for people: every operation with its parameters, its answer and examples. No script, nothing foreign. */
export function referencePage(publicUrl: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Kekal API reference</title>
<style>${new Html(REFERENCE_STYLE)}</style>
</head>
<body>
<div class="page">
<header>
<h1>Kekal API reference</h1>
<p>Compatible with the Billplz API: a client written for it works by changing its base URL to <code>${publicUrl}</code>.
For machines: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
</header>
<nav aria-label="Operations">${TAGS.map(contentsOf)}</nav>
<main>
${GENERAL}
${TAGS.map((tag) => sectionOf(tag, publicUrl))}
</main>
</div>
</body>
</html>
`.toString();
}

const GENERAL = html`<section aria-labelledby="general">
<h2 id="general">Every request</h2>
<p>HTTP Basic with your API key as user name. Parameters stand in the query, in a form or in a JSON object; a nested one
is <code>split_payment[email]</code> in a form. Amounts are integers in sen. Every success is 200.</p>
<p>An <code>Idempotency-Key</code> on a write makes a retry safe: the same request under the same key, within 30 days,
gets the first answer again, with <code>Idempotent-Replayed: true</code>. Reads are counted where an operator has set a limit;
<code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code> are in every answer.</p>
<table><caption>Errors</caption>
<thead><tr><th scope="col">Status</th><th scope="col">When</th><th scope="col">Body</th></tr></thead>
<tbody>${ERROR_CASES.map(
  ({ description, answer }) =>
    html`<tr><td>${answer.status}</td><td>${description}</td><td><code>${JSON.stringify({
      error: { type: answer.type, message: answer.message },
    })}</code></td></tr>`,
)}</tbody></table>
</section>`;

function operationsOf(tag: string): readonly Operation[] {
  return OPERATIONS.filter((operation) => operation.tag === tag);
}

function contentsOf(tag: string): Html {
  const items = operationsOf(tag).map(
    ({ id, method, path }) => html`<li><a href="#${id}">${method} ${path.replace('/api', '')}</a></li>`,
  );
  return html`<p>${tag}</p><ul>${items}</ul>`;
}

function sectionOf(tag: string, publicUrl: string): Html {
  return html`<section><h2>${tag}</h2>${operationsOf(tag).map((each) => operationPart(each, publicUrl))}</section>`;
}

function operationPart(operation: Operation, publicUrl: string): Html {
  const { id, method, path, summary, description, form, answer, samples } = operation;
  const inPath = pathParameters(path).map((name) =>
    row(name, 'string', 'in the path', PARAMETER_TEXTS[name]),
  );
  const sent = form ? rowsOf(requestSchema(form)) : [];
  const parameters = [...inPath, ...sent];
  return html`<article aria-labelledby="${id}">
<h3 id="${id}">${summary}</h3>
<p><code>${method} ${path}</code></p>
${description !== undefined && html`<p>${marked(description)}</p>`}
${
  parameters.length > 0 &&
  html`<table><caption>Parameters</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Needed</th><th scope="col">Meaning</th></tr></thead>
<tbody>${parameters}</tbody></table>`
}
<table><caption>Answer</caption>
<thead><tr><th scope="col">Key</th><th scope="col">Type</th></tr></thead>
<tbody>${keysOf(answerSchema(answer[1]))}</tbody></table>
${samples.map((sample) => samplePart(operation, sample, publicUrl))}
</article>`;
}

function samplePart(operation: Operation, sample: Sample, publicUrl: string): Html {
  return html`<p class="quiet">${sample.summary}</p>
<pre tabindex="0"><code>${curlLine(operation, sample, publicUrl)}</code></pre>
<pre tabindex="0"><code>${JSON.stringify(sample.answer, null, 2)}</code></pre>`;
}

/** Text between backticks is code, as in the document. */
function marked(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function row(name: string, type: string, needed: string, meaning = ''): Html {
  return html`<tr><td><code>${name}</code></td><td>${type}</td><td>${needed}</td><td>${marked(meaning)}</td></tr>`;
}

/** Parameters as a form names them. */
function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix = ''): Html[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = prefix === '' ? key : `${prefix}[${key}]`;
    const needed = required.includes(key) ? 'yes' : 'no';
    if (schema.type === 'object') return rowsOf(schema, name);
    if (schema.type !== 'array') return [row(name, typeOf(schema), needed, schema.description)];
    return schema.items?.type === 'object'
      ? rowsOf(schema.items, `${name}[]`)
      : [row(`${name}[]`, 'list', needed, schema.description)];
  });
}

function keysOf(schema: JsonSchema, prefix = ''): Html[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const own = html`<tr><td><code>${name}</code></td><td>${typeOf(inner)}</td></tr>`;
    const nested = inner.type === 'array' ? keysOf(inner.items ?? {}, `${name}[]`) : keysOf(inner, name);
    return [own, ...nested];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.join(', ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  const kind = schema.format === 'binary' ? 'file' : (schema.type ?? 'anything');
  return schema.default === undefined ? kind : `${kind}, else ${String(schema.default)}`;
}
