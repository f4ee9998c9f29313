import { Group, Text } from '@mantine/core';

/** A clock that goes on: our sign. */
function LogoMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <rect width="32" height="32" rx="8" fill="#0f766e" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M9 16a7 7 0 1 1 2.4 5.3" />
        <path d="M16 11.5V16l3.2 2" />
      </g>
      <circle cx="9" cy="16" r="2" fill="#5eead4" />
    </svg>
  );
}

export function Logo() {
  return (
    <Group gap={10} wrap="nowrap">
      <LogoMark />
      <Text component="span" fw={700} size="lg" lts="-0.01em">
        Kekal
      </Text>
    </Group>
  );
}
