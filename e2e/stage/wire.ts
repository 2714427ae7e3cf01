// As much of the API's shapes as the stories look at.

export interface Money {
  amount: number;
  currency: string;
}

export interface Refund {
  id: string;
  amount: Money;
  account: string;
  state: string;
  starts_by: string;
  arrives_from: string;
  arrives_by: string;
  late?: string;
  failure?: string;
}

export interface Line {
  id: string;
  title: string;
  quantity: number;
  cancelled_quantity: number;
}

/** An after-sale case in its order. */
export interface CaseSummary {
  id: string;
  state: string;
  turn: string;
  amount: Money;
}

/** As much of a case as the stories look at. */
export interface Case {
  id: string;
  state: string;
  order: { id: string; number: string };
  refunds: Refund[];
  settlement: { amount: Money };
}

/** As much of a complaint as the stories look at. */
export interface Complaint {
  id: string;
  state: string;
  order: { id: string; number: string };
  refunds: Refund[];
}

export interface Order {
  id: string;
  external_id: string;
  number: string;
  state: string;
  version: number;
  placed_at: string;
  paid_at?: string | null;
  total: Money;
  lines: Line[];
  refunds: Refund[];
  cases: CaseSummary[];
  complaints: { id: string; state: string }[];
  timeline: { at: string; what: string }[];
  refunding?: Money | null;
  support: { phone: string; email: string };
  address?: { recipient: string; phone: string; region: string; street: string } | null;
  pending?: { cause: string; missing: string[] } | null;
  cancellation: { kind: string; reason?: string };
  actions: string[];
}

export interface OrderList {
  items: Order[];
  next_cursor: string | null;
}

/** `¥1,234.50`. */
export function yuan(amount: number): string {
  const [whole, cents] = (amount / 100).toFixed(2).split('.');
  return `¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
