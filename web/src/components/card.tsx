import { Paper, type PaperProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends PaperProps {
  readonly as?: 'article' | 'div' | 'output';
  readonly label?: string;
  readonly children: ReactNode;
}

/** A sheet on the page. */
export function Card({ as = 'div', label, children, style, ...rest }: Props) {
  return (
    <Paper
      component={as}
      withBorder
      bg="var(--kekal-card)"
      aria-label={label}
      style={[{ borderColor: 'var(--kekal-line)', overflow: 'hidden' }, style]}
      {...rest}
    >
      {children}
    </Paper>
  );
}
