// An order as the shop sends it.

/** An unpaid order of one notebook, as the shop sends it, that closes after so many seconds. */
export function newOrder(shopper: string, number: string, seconds: number) {
  const now = Date.now();
  const price = { amount: 2_880, currency: 'CNY' };
  return {
    shop: 'tepai',
    shopper,
    number,
    placed_at: new Date(now - 60_000).toISOString(),
    pay_by: new Date(now + seconds * 1_000).toISOString(),
    lines: [
      {
        id: 'L1',
        title: { 'zh-CN': '布面精装横线笔记本', en: 'Cloth-Bound Ruled Notebook' },
        quantity: 1,
        unit_price: price,
        image_url: '/products/notebook.svg',
        kind: 'physical',
      },
    ],
    amounts: { goods: price, total: price },
    address: { recipient: '林小满', phone: '13800000001', region: '浙江省 云溪市 望湖区', street: '桂花路 18 号' },
  };
}

/** The same order, accepted and paid two hours ago: so late that cancelling it may count. */
export function paidOrder(shopper: string, number: string) {
  const { pay_by: _, ...order } = newOrder(shopper, number, 0);
  const hours_ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  return {
    ...order,
    placed_at: hours_ago(2.1),
    payments: [
      {
        channel: 'wechat_pay',
        account: { 'zh-CN': '微信零钱', en: 'WeChat balance' },
        amount: order.amounts.total,
        paid_at: hours_ago(2),
      },
    ],
  };
}

/** An order that costs so much, paid, at the shop where staff decide who may cancel. */
export function dearOrder(shopper: string, number: string, amount: number) {
  const order = paidOrder(shopper, number);
  const price = { amount, currency: 'CNY' };
  return {
    ...order,
    shop: 'wanfu',
    lines: order.lines.map((line) => ({ ...line, unit_price: price })),
    amounts: { goods: price, total: price },
    payments: order.payments.map((payment) => ({ ...payment, amount: price })),
  };
}

/** A telephone top-up of the shop that sells them, paid and not issued yet. */
export function topUp(shopper: string, number: string) {
  const { address: _, ...order } = paidOrder(shopper, number);
  return {
    ...order,
    shop: 'wanfu',
    lines: [
      {
        id: 'L1',
        title: { 'zh-CN': '手机话费充值', en: 'Mobile Phone Top-up' },
        variant: { 'zh-CN': '面值 100 元', en: 'Face value ¥100' },
        quantity: 1,
        unit_price: order.amounts.total,
        kind: 'digital',
      },
    ],
  };
}
