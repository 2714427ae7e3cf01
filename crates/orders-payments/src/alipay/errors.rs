//! What Alipay's error codes mean for a refund.

use orders_domain::RefundFailure;

use super::gateway::Problem;

/// What follows from an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nobody knows whether the refund was made.
    Unclear,
    /// It was not made, and may be later.
    Later,
    /// It will not be made.
    Refused(RefundFailure),
}

const CLOSED: Meaning = Meaning::Refused(RefundFailure::AccountClosed);
const TOO_OLD: Meaning = Meaning::Refused(RefundFailure::TooOld);
const UNKNOWN: Meaning = Meaning::Refused(RefundFailure::PaymentUnknown);
const REFUSED: Meaning = Meaning::Refused(RefundFailure::Refused);

/// The business errors (统一收单交易退款接口, 业务错误码). What the merchant or Alipay can put right, the account at
/// Alipay, its contracts, a frozen trade, is `Later`: the money is owed all the same, and staff see that it is late.
const BUSINESS: [(&str, Meaning); 34] = [
    ("ACQ.ACCESS_FORBIDDEN", Meaning::Later),
    ("ACQ.ALLOC_AMOUNT_VALIDATE_ERROR", Meaning::Later),
    ("ACQ.BUYER_ENABLE_STATUS_FORBID", CLOSED),
    ("ACQ.BUYER_ERROR", CLOSED),
    ("ACQ.BUYER_NOT_EXIST", CLOSED),
    ("ACQ.CURRENCY_NOT_SUPPORT", REFUSED),
    ("ACQ.CUSTOMER_VALIDATE_ERROR", CLOSED),
    // A refund of this number was made, of another amount: that is for a person, and no reason to pay it once more.
    ("ACQ.DISCORDANT_REPEAT_REQUEST", Meaning::Unclear),
    ("ACQ.ENTERPRISE_PAY_BIZ_ERROR", REFUSED),
    ("ACQ.INVALID_PARAMETER", Meaning::Later),
    ("ACQ.NOT_ALLOW_PARTIAL_REFUND", REFUSED),
    ("ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND", REFUSED),
    ("ACQ.OVERDRAFT_AGREEMENT_NOT_MATCH", Meaning::Later),
    ("ACQ.OVERDRAFT_ASSIGN_ACCOUNT_INVALID", Meaning::Later),
    ("ACQ.PARTNER_ERROR", Meaning::Later),
    ("ACQ.REASON_TRADE_BEEN_FREEZEN", Meaning::Later),
    ("ACQ.REASON_TRADE_REFUND_FEE_ERR", UNKNOWN),
    ("ACQ.REASON_TRADE_STATUS_INVALID", UNKNOWN),
    ("ACQ.REFUNDALLOC_UNAUTH_LIMIT", Meaning::Later),
    ("ACQ.REFUND_ACCOUNT_NOT_EXIST", Meaning::Later),
    ("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", UNKNOWN),
    ("ACQ.REFUND_CHARGE_ERROR", Meaning::Later),
    ("ACQ.REFUND_FEE_ERROR", UNKNOWN),
    ("ACQ.REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST", Meaning::Later),
    ("ACQ.SELLER_BALANCE_NOT_ENOUGH", Meaning::Later),
    ("ACQ.SYSTEM_ERROR", Meaning::Unclear),
    ("ACQ.TRADE_HAS_CLOSE", UNKNOWN),
    ("ACQ.TRADE_HAS_FINISHED", TOO_OLD),
    ("ACQ.TRADE_NOT_ALLOW_REFUND", REFUSED),
    ("ACQ.TRADE_NOT_EXIST", UNKNOWN),
    ("ACQ.TRADE_SETTLE_ERROR", Meaning::Later),
    ("ACQ.TRADE_STATUS_ERROR", UNKNOWN),
    ("ACQ.USER_NOT_EXIST", CLOSED),
    ("ACQ.USER_NOT_MATCH_ERR", REFUSED),
];

/// What an error means for a refund. One that nobody documented is unclear: asking again with the same number is safe,
/// and telling the shopper that there will be no money may not be.
pub(super) fn meaning(problem: &Problem) -> Meaning {
    match problem.code.as_str() {
        "40004" => BUSINESS
            .iter()
            .find(|(code, _)| *code == bare(&problem.sub_code))
            .map_or(Meaning::Unclear, |(_, meaning)| *meaning),
        // 公共错误码: no rights (20001, 40006), a parameter that is missing or wrong, the signature among them (40001,
        // 40002), too many calls (40005). The gateway itself said no, and the trade system never heard of it.
        "20001" | "40001" | "40002" | "40005" | "40006" => Meaning::Later,
        // 20000: the service is not available, or did not answer the gateway in time.
        _ => Meaning::Unclear,
    }
}

/// Whether Alipay says that it knows no such trade.
pub(super) fn is_no_trade(problem: &Problem) -> bool {
    matches!(
        bare(&problem.sub_code),
        "ACQ.TRADE_NOT_EXIST" | "TRADE_NOT_EXIST"
    )
}

/// Whether Alipay says that there is no bill. The documentation has BILL_NOT_EXIST; the gateway says the first.
pub(super) fn is_no_bill(problem: &Problem) -> bool {
    matches!(
        problem.sub_code.as_str(),
        "isp.bill_not_exist" | "BILL_NOT_EXIST" | "NO_BILL_DATA" | "BILL_DATE_BEFORE_REGISTRATION"
    )
}

/// The gateway sometimes puts its own name before the trade system's code.
fn bare(sub_code: &str) -> &str {
    sub_code.strip_prefix("aop.").unwrap_or(sub_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_mean_what_the_documentation_says_of_them() {
        let check = |code: &str, sub_code: &str, expected: Meaning| {
            let problem = Problem {
                code: code.to_owned(),
                sub_code: sub_code.to_owned(),
                words: String::new(),
            };
            assert_eq!(meaning(&problem), expected, "{code} {sub_code}");
        };
        check("20000", "isp.unknow-error", Meaning::Unclear);
        check("20000", "aop.unknow-error", Meaning::Unclear);
        check("40004", "ACQ.SYSTEM_ERROR", Meaning::Unclear);
        check("40004", "aop.ACQ.SYSTEM_ERROR", Meaning::Unclear);
        check("40004", "ACQ.NEW_AND_UNHEARD_OF", Meaning::Unclear);
        check("40003", "isv.something", Meaning::Unclear);
        check("", "", Meaning::Unclear);
        check("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH", Meaning::Later);
        check("40004", "ACQ.REFUND_CHARGE_ERROR", Meaning::Later);
        check("40005", "isv.app-call-limited", Meaning::Later);
        check("40002", "isv.invalid-signature", Meaning::Later);
        check("40001", "isv.missing-signature-key", Meaning::Later);
        check("40006", "isv.insufficient-isv-permissions", Meaning::Later);
        check("40004", "ACQ.TRADE_HAS_FINISHED", TOO_OLD);
        check("40004", "ACQ.TRADE_NOT_EXIST", UNKNOWN);
        check("40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", UNKNOWN);
        check("40004", "ACQ.REASON_TRADE_REFUND_FEE_ERR", UNKNOWN);
        check("40004", "ACQ.BUYER_NOT_EXIST", CLOSED);
        check("40004", "ACQ.BUYER_ERROR", CLOSED);
        check("40004", "ACQ.CUSTOMER_VALIDATE_ERROR", CLOSED);
        check("40004", "ACQ.DISCORDANT_REPEAT_REQUEST", Meaning::Unclear);
        check("40004", "ACQ.TRADE_NOT_ALLOW_REFUND", REFUSED);
    }
}
