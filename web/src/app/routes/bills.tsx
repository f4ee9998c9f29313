import { useNavigate, useSearch } from '@tanstack/react-router';
import { BillListPage } from '../../features/bills/bill-list-page.tsx';

export function BillsRoute() {
  const search = useSearch({ from: '/signed-in/in-profile/bills' });
  const navigate = useNavigate({ from: '/bills' });
  return (
    <BillListPage
      search={search}
      onSearch={(next, replace = false) => void navigate({ to: '/bills', search: next, replace })}
    />
  );
}
