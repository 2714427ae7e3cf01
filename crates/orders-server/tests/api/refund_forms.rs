//! The forms of a refund's page, sent as a browser without the app sends them.

use crate::forms::{Browser, count, hidden};
use crate::world::{PASSWORD, refunded};

#[tokio::test]
async fn another_way_is_asked_for_and_taken_back_by_forms() {
    let mut order = refunded("1");
    order.refunds[0].state = orders_domain::RefundState::Failed;
    let browser = Browser::with(&[order]).await;
    let page = browser.open("/refunds/o1-R1").await;
    let key = hidden(&page.text, "key").to_owned();
    let form = |key, password| {
        [
            ("key", key),
            ("channel", "alipay"),
            ("account", "lin <@example.com"),
            ("holder", "林小满"),
            ("bank", "left from a card"),
            ("password", password),
        ]
    };
    let way = "/refunds/o1-R1/way";
    let mut wrong = form(&key, "open sesame");
    let refused = browser.post(way, &wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(count(&refused, "aria-invalid=\"true\""), 1, "the account");
    wrong[2].1 = "lin@example.com";
    let refused = browser.post(way, &wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("The password is wrong"));
    for kept in ["lin@example.com", "林小满"] {
        let kept = format!("value=\"{kept}\"");
        assert!(refused.text.contains(&kept), "{kept}: {}", refused.text);
    }
    assert!(refused.text.contains("value=\"alipay\" checked"));
    assert!(!refused.text.contains("open sesame"), "{}", refused.text);
    assert_eq!(refused.header("cache-control"), "no-store");

    let new = hidden(&refused.text, "key").to_owned();
    assert_ne!(new, key, "it is settled");
    let mut right = form(&new, PASSWORD);
    right[2].1 = "lin@example.com";
    for _ in 0..2 {
        let done = browser.post(way, &right).await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/refunds/o1-R1")
        );
    }
    let again = browser.post(way, &form("k3", PASSWORD)).await;
    assert_eq!(again.status, 422, "{}", again.text);
    right[0].1 = "k4";
    let again = browser.post(way, &right).await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains("role=\"alert\""), "{}", again.text);

    let page = browser.open("/refunds/o1-R1").await;
    assert!(page.text.contains("Staff are checking the new account"));
    assert!(!page.text.contains("lin@example.com"), "{}", page.text);
    let withdraw = "/refunds/o1-R1/way/withdraw";
    assert!(page.text.contains(&format!("action=\"{withdraw}\"")));
    let form = [("key", hidden(&page.text, "key"))];
    for _ in 0..2 {
        let done = browser.post(withdraw, &form).await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/refunds/o1-R1")
        );
    }
    let page = browser.open("/refunds/o1-R1").await;
    assert!(page.text.contains("You took your last request back."));
    let late = browser.post(withdraw, &[("key", "k9")]).await;
    assert_eq!(late.status, 409);
    for path in [way, withdraw] {
        assert_eq!(browser.open(path).await.status, 200, "{path}");
    }
    let unknown = [("key", "k5"), ("channel", "cash")];
    assert_eq!(browser.post(way, &unknown).await.status, 400);
}
