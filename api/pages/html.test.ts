import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Html, html } from './html.ts';

test('inserted text can neither open a tag, end a quoted attribute nor make an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      expect(html`${text}`.toString()).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('inserted text reads the same on the page', () => {
  const unescape = (markup: string) =>
    markup
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      expect(unescape(html`${text}`.toString())).toBe(text);
    }),
  );
});

test('markup is inserted as it is, lists one after the other, and absent pieces print nothing', () => {
  const items = [html`<b>1</b>`, html`<b>${'<'}</b>`];
  expect(html`<p>${items}${null}${false}${undefined}${0}${new Html('<i>')}</p>`.toString()).toBe(
    '<p><b>1</b><b>&lt;</b>0<i></p>',
  );
});
