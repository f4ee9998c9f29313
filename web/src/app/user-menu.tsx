import { Avatar, Box, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Icon } from '../components/icon.tsx';
import { useTRPC } from '../lib/api.ts';
import { useMe } from '../lib/me.tsx';
import { useLanguage } from '../lib/strings/language.tsx';

export function UserMenu() {
  const { strings, language, choose } = useLanguage();
  const { user } = useMe();
  const signOut = useSignOut();
  return (
    <Menu
      position="bottom-end"
      width={260}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: '50%', flexShrink: 0 }}>
          <Avatar name={user.name} color="jade" variant="filled" size={34} />
          <VisuallyHidden>{`${strings.shell.account}: ${user.name}`}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Box px="sm" py={6}>
          <Text size="sm" fw={600}>
            {user.name}
          </Text>
          <Text size="xs" c="var(--kekal-quiet)" style={{ overflowWrap: 'anywhere' }}>
            {user.email}
          </Text>
          <Text size="xs" c="var(--kekal-quiet)">
            {strings.roles[user.role]}
          </Text>
        </Box>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="globe" size={16} />}
          lang={language === 'en' ? 'ms' : 'en'}
          onClick={() => choose(language === 'en' ? 'ms' : 'en')}
        >
          {strings.shell.otherLanguage}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="signOut" size={16} />}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {strings.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Ends the session on the server first; the next person at this browser finds nothing. */
function useSignOut() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation(
    trpc.session.signOut.mutationOptions({
      onSuccess: () => {
        queries.clear();
        void router.navigate({ to: '/sign-in' });
      },
    }),
  );
}
