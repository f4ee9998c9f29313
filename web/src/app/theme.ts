import { createTheme, type MantineColorsTuple } from '@mantine/core';

const jade: MantineColorsTuple = [
  '#effcf9',
  '#d3f5ee',
  '#a5eadd',
  '#6fdac9',
  '#3dc4b1',
  '#1fa897',
  '#13897c',
  '#0f766e',
  '#0f5f59',
  '#0c4a46',
];

export const theme = createTheme({
  colors: { jade },
  primaryColor: 'jade',
  // White on it has more than 4.5 : 1 in both schemes.
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, 'Cascadia Mono', Menlo, Consolas, monospace",
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.0625rem' } } },
  components: {
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});
