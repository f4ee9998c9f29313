import { Box, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef } from 'react';
import { Logo } from '../../components/logo.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import { PromiseLine } from './promise-line.tsx';
import classes from './sign-in-page.module.css';
import { useSignIn } from './use-sign-in.ts';

/** `onSignedIn` decides where to go. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const strings = useStrings();
  const signIn = useSignIn(onSignedIn);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => email.current?.focus(), []);
  useEffect(() => {
    if (signIn.error) password.current?.focus();
  }, [signIn.error]);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? strings.signIn.required : null),
      password: (value) => (value === '' ? strings.signIn.required : null),
    },
  });
  const submit = form.onSubmit((values) => {
    signIn.mutate(values, { onError: () => form.setFieldValue('password', '') });
  });
  return (
    <main className={classes.page}>
      <title>{`${strings.signIn.title} · Kekal`}</title>
      <aside className={classes.brand}>
        <Box maw={420}>
          <Text component="p" className={classes.tagline}>
            {strings.tagline}
          </Text>
          <Text component="p" opacity={0.85} mt="sm">
            {strings.taglineMore}
          </Text>
          <PromiseLine />
        </Box>
      </aside>
      <div className={classes.side}>
        <Paper className={classes.form} bg="transparent">
          <Logo />
          <Title order={1} mt="xl">
            {strings.signIn.title}
          </Title>
          <Text c="var(--kekal-quiet)" mb="lg">
            {strings.signIn.lead}
          </Text>
          <form onSubmit={submit} noValidate>
            <Stack>
              {signIn.error && <ProblemAlert error={signIn.error} />}
              <TextInput
                label={strings.signIn.email}
                type="email"
                autoComplete="username"
                ref={email}
                {...form.getInputProps('email')}
              />
              <PasswordInput
                label={strings.signIn.password}
                autoComplete="current-password"
                ref={password}
                {...form.getInputProps('password')}
              />
              <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
                {strings.signIn.submit}
              </Button>
            </Stack>
          </form>
          <Text size="sm" c="var(--kekal-quiet)" mt="lg">
            {strings.signIn.noPassword}
          </Text>
        </Paper>
      </div>
    </main>
  );
}
