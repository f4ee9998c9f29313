import { ActionIcon, Code, CopyButton, Group } from '@mantine/core';
import { useStrings } from '../lib/strings/language.tsx';
import { Icon } from './icon.tsx';

/** An id or address that people carry elsewhere. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const strings = useStrings();
  return (
    <Group gap={4} wrap="nowrap" align="center">
      <Code bg="transparent" p={0} fz="inherit" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color={copied ? 'jade' : 'gray'}
            size="sm"
            onClick={copy}
            aria-label={copied ? strings.copied : `${strings.copy}: ${label}`}
          >
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
