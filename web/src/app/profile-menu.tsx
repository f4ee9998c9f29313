import { Box, Button, Group, Menu, Text, VisuallyHidden } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Icon } from '../components/icon.tsx';
import { ModeBadge } from '../components/mode-badge.tsx';
import { useChooseProfile } from '../lib/choose-profile.ts';
import { useMe } from '../lib/me.tsx';
import { useStrings } from '../lib/strings/language.tsx';
import classes from './menu.module.css';

/** The profile of this page, and the way to another one. */
export function ProfileMenu() {
  const { shell } = useStrings();
  const { profile, profiles } = useMe();
  const router = useRouter();
  const choose = useChooseProfile(
    () => void router.navigate({ to: '/bills' }).then(() => router.invalidate()),
  );
  const shown = (
    <Group gap={8} wrap="nowrap" miw={0}>
      <Text component="span" size="sm" fw={600} truncate className={classes.name}>
        {profile.name}
      </Text>
      <ModeBadge mode={profile.mode} />
    </Group>
  );
  if (profiles.length < 2) {
    return (
      <Box px="xs" miw={0}>
        {shown}
      </Box>
    );
  }
  return (
    <Menu
      position="bottom-end"
      width={300}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          className={classes.target}
          rightSection={<Icon name="chevron" size={14} />}
          loading={choose.isPending}
        >
          <VisuallyHidden>{shell.switchProfile}</VisuallyHidden>
          {shown}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Label>{shell.switchProfile}</Menu.Label>
        {profiles.map(({ id, name, merchantName, mode }) => (
          <Menu.Item
            key={id}
            disabled={id === profile.id}
            onClick={() => choose.mutate({ profileId: id })}
            rightSection={id === profile.id ? <Icon name="check" size={16} /> : <ModeBadge mode={mode} />}
          >
            <Text size="sm" fw={600}>
              {name}
            </Text>
            <Text size="xs" c="var(--kekal-quiet)">
              {merchantName} · {id}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
