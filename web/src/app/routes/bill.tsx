import { useParams } from '@tanstack/react-router';
import { BillPage } from '../../features/bills/bill-page.tsx';
import { CallbackPanel } from '../../features/callbacks/callback-panel.tsx';

export function BillRoute() {
  const { billId } = useParams({ from: '/signed-in/in-profile/bills/$billId' });
  return <BillPage key={billId} billId={billId} CallbackPanel={CallbackPanel} />;
}
