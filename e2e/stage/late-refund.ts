// A refund whose promise is over, among the orders of the shopper who has very many.

import { PASSWORD, SHOPPERS } from './seed';
import type { Shop } from './shop';
import type { Order, Refund } from './wire';

/** The newest late refund of that shopper, with its order. */
export async function lateRefund(shop: Shop): Promise<{ order: Order; refund: Refund }> {
  const token = await shop.logIn(SHOPPERS.many, PASSWORD);
  for (const { id, refunding } of await shop.list(token, { tab: 'after_sale' })) {
    if (!refunding) continue;
    const order = await shop.order(token, id);
    const refund = order.refunds.find(({ late }) => late);
    if (refund) return { order, refund };
  }
  throw new Error('no refund in the demo data is late');
}
