import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  readonly title: string;
  /** For the browser's tab; the title when not given. */
  readonly tab?: string;
  readonly above?: ReactNode;
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's one h1. It takes the focus when the page opens, so that a screen reader says where we are. */
export function PageHeader({ title, tab = title, above, beside, actions }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header>
      <title>{`${tab} · Kekal`}</title>
      {above}
      <Group justify="space-between" gap="md" mb="md">
        <Group gap="sm" style={{ minWidth: 0 }}>
          <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none', overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {beside}
        </Group>
        {actions}
      </Group>
    </header>
  );
}
