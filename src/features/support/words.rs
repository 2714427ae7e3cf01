//! Words of reaching a person.

crate::words::catalogue! {
    title: "联系客服", "Contact support";
    call: "打电话", "Call";
    write: "写邮件", "Write an e-mail";
    email_reply: "{n} 小时内回复，信息已经写好", "Answered within {n} h; the details are filled in";
}
