import { Anchor, Button, CopyButton, Grid, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { formatSen } from '#domain/money.ts';
import { Card } from '../../components/card.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { type Outputs, useTRPC } from '../../lib/api.ts';
import { useMe } from '../../lib/me.tsx';
import { readProblem } from '../../lib/problem.ts';
import { useStrings } from '../../lib/strings/language.tsx';
import { BillFacts } from './bill-facts.tsx';
import { PaymentTable } from './payment-table.tsx';
import { STANDING_TONE } from './standing-tone.ts';

type Bill = Outputs['bill']['get'];

export interface BillPageProps {
  readonly billId: string;
  /** One callback with its attempts; another feature's, handed in by the app. */
  readonly CallbackPanel: ComponentType<{ callback: Bill['callbacks'][number] }>;
}

const REFRESH_MS = 10_000;

/** One bill: what it is, who tried to pay it, who was told. Kept fresh while it is open. */
export function BillPage({ billId, CallbackPanel }: BillPageProps) {
  const strings = useStrings();
  const trpc = useTRPC();
  const bill = useQuery({ ...trpc.bill.get.queryOptions({ billId }), refetchInterval: REFRESH_MS });
  if (bill.isPending) return <Loading />;
  if (bill.data) return <Loaded bill={bill.data} CallbackPanel={CallbackPanel} />;
  if (readProblem(bill.error).name !== 'not_found') {
    return <ProblemAlert error={bill.error} onRetry={() => void bill.refetch()} />;
  }
  return (
    <Card>
      <title>{`${strings.bill.notFound} · Kekal`}</title>
      <Empty alone icon="search" title={strings.bill.notFound} lead={strings.bill.notFoundLead}>
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/bills" />}>
          {strings.shell.backToBills}
        </Button>
      </Empty>
    </Card>
  );
}

function Loaded({ bill, CallbackPanel }: { bill: Bill } & Pick<BillPageProps, 'CallbackPanel'>) {
  const strings = useStrings();
  const { timeZone, currency } = useMe().profile;
  return (
    <>
      <PageHeader
        title={formatSen(bill.amountSen, currency)}
        tab={`${strings.bill.one} ${bill.id}`}
        above={<Way bill={bill} />}
        beside={
          <StateBadge tone={STANDING_TONE[bill.standing]}>{strings.bill.standings[bill.standing]}</StateBadge>
        }
        actions={<Actions url={bill.url} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="xl">
            <Section title={strings.payment.list}>
              <Card>
                {bill.payments.length === 0 ? (
                  <Text p="md" size="sm" c="var(--kekal-quiet)">
                    {strings.payment.empty}
                  </Text>
                ) : (
                  <PaymentTable payments={bill.payments} />
                )}
              </Card>
            </Section>
            <Section title={strings.callback.list}>
              <Stack gap="md">
                {bill.callbacks.map((callback) => (
                  <CallbackPanel key={callback.id} callback={callback} />
                ))}
                {bill.callbacks.length === 0 && (
                  <Card p="md">
                    <Text size="sm" c="var(--kekal-quiet)">
                      {bill.callbackUrl === null ? strings.callback.emptyNoUrl : strings.callback.empty}
                    </Text>
                  </Card>
                )}
              </Stack>
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Section
            title={strings.bill.facts}
            aside={
              <Text size="xs" c="var(--kekal-quiet)">
                {strings.timesIn(timeZone)}
              </Text>
            }
          >
            <Card p="md">
              <BillFacts bill={bill} />
            </Card>
          </Section>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Way({ bill }: { readonly bill: Bill }) {
  const strings = useStrings();
  return (
    <Group gap={6} mb={6} fz="sm" c="var(--kekal-quiet)">
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/bills" />}>
        {strings.bill.list}
      </Anchor>
      <span aria-hidden="true">/</span>
      <span>{bill.name}</span>
    </Group>
  );
}

function Actions({ url }: { readonly url: string }) {
  const strings = useStrings();
  return (
    <Group gap="xs">
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="sm"
            leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
            onClick={copy}
          >
            {copied ? strings.copied : strings.bill.copyPayLink}
          </Button>
        )}
      </CopyButton>
      <Button
        component="a"
        href={url}
        target="_blank"
        rel="noreferrer"
        variant="default"
        size="sm"
        rightSection={<Icon name="external" size={16} />}
      >
        {strings.bill.openBillPage}
      </Button>
    </Group>
  );
}

function Loading() {
  const strings = useStrings();
  return (
    <Stack component="output" aria-label={strings.loading}>
      <Skeleton height={16} width={140} />
      <Skeleton height={32} width={220} />
      <Skeleton height={180} mt="md" />
      <Skeleton height={180} />
    </Stack>
  );
}
