import type { OrderView } from '../../../main/contract/orders.ts';
import { useConnections } from '../../app-context.ts';
import { JobTicket } from './job-ticket.tsx';
import { printedItems } from './printed-items.ts';

/** One sheet for each item of an order. */
export const JobTickets = ({ order, printedAt }: { readonly order: OrderView; readonly printedAt: number }) => {
  const connectionName = useConnections(
    (state) => state.connections.find(({ id }) => id === order.connection)?.name ?? order.connection,
  );
  return printedItems(order).map((item) => (
    <JobTicket
      key={item.id}
      order={order}
      item={item}
      itemCount={order.items.length}
      connectionName={connectionName}
      printedAt={printedAt}
    />
  ));
};
