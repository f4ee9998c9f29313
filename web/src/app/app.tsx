import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { TRPCProvider } from '../lib/api.ts';
import { LanguageProvider } from '../lib/strings/language.tsx';
import { createPortal } from './create-portal.ts';
import { styleNonce } from './style-nonce.ts';
import { theme } from './theme.ts';

export function App() {
  const [{ queries, client, router }] = useState(createPortal);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <TRPCProvider trpcClient={client} queryClient={queries}>
            <Notifications position="bottom-right" />
            <RouterProvider router={router} />
          </TRPCProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
