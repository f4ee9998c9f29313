import { Box, Container, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { Card } from '../../components/card.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { Logo } from '../../components/logo.tsx';
import { ModeBadge } from '../../components/mode-badge.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useChooseProfile } from '../../lib/choose-profile.ts';
import type { Me } from '../../lib/me.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import classes from './choose-profile-page.module.css';

interface Props {
  readonly me: Me;
  readonly onChosen: () => void;
}

export function ChooseProfilePage({ me, onChosen }: Props) {
  const strings = useStrings();
  const choose = useChooseProfile(onChosen);
  return (
    <Container component="main" size={560} py={{ base: 'xl', sm: 80 }}>
      <Logo />
      <Box mt="xl">
        <PageHeader title={strings.chooseProfile.title} />
        <Text c="var(--kekal-quiet)" mb="lg">
          {strings.chooseProfile.lead}
        </Text>
      </Box>
      <Stack>
        {choose.error && <ProblemAlert error={choose.error} />}
        <Card>
          {me.profiles.length === 0 && (
            <Empty icon="swap" title={strings.chooseProfile.none} lead={strings.chooseProfile.noneLead} />
          )}
          {me.profiles.map(({ id, name, merchantName, mode }) => (
            <UnstyledButton
              key={id}
              className={classes.profile}
              disabled={choose.isPending}
              onClick={() => choose.mutate({ profileId: id })}
            >
              <Group justify="space-between" wrap="nowrap">
                <Box miw={0}>
                  <Text fw={600}>{name}</Text>
                  <Text size="sm" c="var(--kekal-quiet)">
                    {merchantName} · {id}
                  </Text>
                </Box>
                <Group gap="sm" wrap="nowrap">
                  <ModeBadge mode={mode} />
                  <Icon name="next" />
                </Group>
              </Group>
            </UnstyledButton>
          ))}
        </Card>
      </Stack>
    </Container>
  );
}
