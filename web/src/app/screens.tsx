import { Button, Container } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Empty } from '../components/empty.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useStrings } from '../lib/strings/language.tsx';

/** A screen that could not be shown at all. */
export function ProblemScreen({ error, reset }: ErrorComponentProps) {
  return (
    <Container component="main" size="sm" py="xl">
      <ProblemAlert error={error} onRetry={reset} />
    </Container>
  );
}

export function NotFoundScreen() {
  const { shell } = useStrings();
  return (
    <main>
      <title>{`${shell.notFound} · Kekal`}</title>
      <Empty alone icon="search" title={shell.notFound} lead={shell.notFoundLead}>
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/bills" />}>
          {shell.backToBills}
        </Button>
      </Empty>
    </main>
  );
}

/** Another tab of this browser works in another profile now. */
export function ProfileChanged() {
  return useStrings().shell.profileChanged;
}
