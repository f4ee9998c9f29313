import { Paper, type PaperProps } from '@mantine/core';
import type { AriaRole, ReactNode } from 'react';

interface Props extends PaperProps {
  readonly as?: 'article' | 'div';
  readonly label?: string;
  readonly role?: AriaRole;
  readonly children: ReactNode;
}

/** A sheet on the page. */
export function Card({ as = 'div', label, role, children, style, ...rest }: Props) {
  return (
    <Paper
      component={as}
      withBorder
      bg="var(--kekal-card)"
      aria-label={label}
      style={[{ borderColor: 'var(--kekal-line)', overflow: 'hidden' }, style]}
      {...(role ? { role } : {})}
      {...rest}
    >
      {children}
    </Paper>
  );
}
