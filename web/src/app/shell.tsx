import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  NavLink,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouteContext } from '@tanstack/react-router';
import { Icon } from '../components/icon.tsx';
import { Logo } from '../components/logo.tsx';
import { MeContext } from '../lib/me.tsx';
import { useStrings } from '../lib/strings/language.tsx';
import { ProfileMenu } from './profile-menu.tsx';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

/** What stands around every page of a profile. Another profile gets a fresh one. */
export function Shell() {
  const { me } = useRouteContext({ from: '/signed-in/in-profile' });
  const { appName, shell, skipToContent } = useStrings();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <MeContext value={me}>
      <a className={classes.skip} href="#content">
        {skipToContent}
      </a>
      <AppShell
        key={me.profile.id}
        header={{ height: 60 }}
        navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={{ base: 'md', sm: 'xl' }}
      >
        <AppShell.Header className={classes.header} data-mode={me.profile.mode}>
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={shell.openNavigation}
            />
            <Link to="/bills" className={classes.home} aria-label={appName}>
              <Logo />
            </Link>
          </Group>
          <Group gap={6} wrap="nowrap" miw={0}>
            <ProfileMenu />
            <SchemeToggle />
            <UserMenu />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.navbar} aria-label={shell.navigation} p="sm">
          <NavLink
            renderRoot={(props) => <Link {...props} to="/bills" activeProps={{ 'data-active': true }} />}
            label={shell.bills}
            leftSection={<Icon name="bill" />}
            onClick={close}
          />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          <div className={classes.page}>
            <Outlet />
          </div>
        </AppShell.Main>
      </AppShell>
    </MeContext>
  );
}

function SchemeToggle() {
  const { shell } = useStrings();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={other === 'dark' ? shell.darkMode : shell.lightMode}
      onClick={() => setColorScheme(other)}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </ActionIcon>
  );
}
