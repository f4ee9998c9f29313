import { useNavigate, useSearch } from '@tanstack/react-router';
import { SignInPage } from '../../features/session/sign-in-page.tsx';

export function SignInRoute() {
  const navigate = useNavigate();
  const { from = '/bills' } = useSearch({ from: '/sign-in' });
  return <SignInPage onSignedIn={() => void navigate({ to: from, replace: true })} />;
}
