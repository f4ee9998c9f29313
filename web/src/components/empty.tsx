import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  readonly lead: string;
  /** The heading is the page's own. */
  readonly alone?: boolean;
  readonly children?: ReactNode;
}

/** Nothing to show, and what to do about it. */
export function Empty({ icon, title, lead, alone = false, children }: Props) {
  return (
    <Center py={{ base: 40, sm: 64 }} px="md">
      <Stack align="center" gap="sm" maw={620} w="100%">
        <ThemeIcon variant="light" size={48} radius="xl">
          <Icon name={icon} size={24} />
        </ThemeIcon>
        <Title order={alone ? 1 : 2} size="h2" ta="center">
          {title}
        </Title>
        <Text ta="center" c="var(--kekal-quiet)">
          {lead}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}
