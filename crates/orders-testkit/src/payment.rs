//! Ways to pay, with accounts that are clearly nobody's.

use orders_domain::{Channel, LocalText};

/// A share of an order's total, paid one way.
#[derive(Clone, Debug)]
pub struct Share {
    pub(crate) channel: Channel,
    pub(crate) account: LocalText,
    pub(crate) amount: Option<i64>,
}

/// So many fen by WeChat Pay.
pub fn wechat(amount: i64) -> Share {
    share(
        Channel::WechatPay,
        LocalText::new("微信零钱", "WeChat balance"),
        amount,
    )
}

/// So many fen by Alipay.
pub fn alipay(amount: i64) -> Share {
    share(
        Channel::Alipay,
        LocalText::new("支付宝余额", "Alipay balance"),
        amount,
    )
}

/// So many fen by bank card.
pub fn bank_card(amount: i64) -> Share {
    share(
        Channel::BankCard,
        LocalText::new("招商银行 尾号 0403", "China Merchants Bank, ending in 0403"),
        amount,
    )
}

/// So many fen by `channel` from `account`.
pub fn share(channel: Channel, account: LocalText, amount: i64) -> Share {
    Share {
        channel,
        account,
        amount: Some(amount),
    }
}

impl Share {
    /// Whatever the shares named before leave of the total.
    pub fn rest(mut self) -> Self {
        self.amount = None;
        self
    }

    /// From another account.
    pub fn from_account(mut self, account: LocalText) -> Self {
        self.account = account;
        self
    }
}

/// Amounts that add up to `total`: each as asked while something is left, the last takes what remains.
pub(crate) fn amounts(shares: &[Share], total: i64) -> Vec<i64> {
    let mut left = total;
    let last = shares.len().saturating_sub(1);
    shares
        .iter()
        .enumerate()
        .map(|(index, share)| {
            let amount = match share.amount {
                Some(amount) if index < last => amount.clamp(0, left),
                Some(_) | None => left,
            };
            left -= amount;
            amount
        })
        .collect()
}
