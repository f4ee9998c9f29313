import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router';
import { ChooseProfilePage } from '../../features/session/choose-profile-page.tsx';

export function ChooseProfileRoute() {
  const navigate = useNavigate();
  const { from = '/bills' } = useSearch({ from: '/signed-in/choose-profile' });
  const { me } = useRouteContext({ from: '/signed-in/choose-profile' });
  return <ChooseProfilePage me={me} onChosen={() => void navigate({ to: from, replace: true })} />;
}
