//! The procedure of support.

use orders_api::{EnquiryAnswer, Identification};

crate::words::catalogue! {
    title: "答复流程", "Procedure";
    intro: "先确认身份和原因，再查询订单，最后记录答复。记录不能修改。", "First who asks and why, then the order, then the answer. What is recorded stays.";
    step_who: "1. 确认身份和原因", "1. Who asks, and why";
    step_look: "2. 查询订单", "2. Look the order up";
    step_answer: "3. 记录答复", "3. Record the answer";
    begin: "开始记录", "Begin a record";
    confirmed_by: "凭什么确认", "Confirmed by";
    topic: "问什么", "What it is about";
    note: "补充说明（可不填）", "More about it (optional)";
    save_who: "记录身份", "Record it";
    redo: "重新确认身份", "Confirm who asks once more";
    shut: "返回", "Back";
    look_this: "记录查询结果", "Record the look-up";
    look_hint: "记录订单此刻的状态、退款和售后。", "Records the order's state, refunds and cases as they are now.";
    look_again: "再查一次", "Look again";
    number: "订单号", "Order number";
    number_missing: "请填写订单号。", "Fill in the order's number.";
    number_unknown: "没有找到这个订单号。", "There is no order of this number.";
    not_theirs: "这个订单不属于来访者，或者与这条记录无关。", "The order is not theirs, or not what this record is about.";
    unknown_hint: "身份没有确认，不能查询或透露订单。请重新确认，或记录未确认身份。", "Who asks is not confirmed: nothing is looked up or told. Confirm it, or record that it was not.";
    answer: "怎样答复", "Answer";
    text: "答复内容", "In words";
    text_missing: "请写几个字，最多 500 字。", "Write a few words, at most 500 characters.";
    long: "最多 500 字。", "At most 500 characters.";
    link_message: "关联您最后发的消息", "Link the last message of the staff";
    link_act: "关联刚才的操作：{what}", "Link what was done: {what}";
    save_answer: "记录答复，完成", "Record the answer and finish";
    done_who: "身份已记录", "Recorded who asks";
    done_look: "查询结果已记录", "Recorded the look-up";
    done_answer: "答复已记录，流程完成", "Recorded the answer";
    past: "以前的记录（{n}）", "Earlier records ({n})";
    seen: "{number}：{state}，版本 {version}", "{number}: {state}, version {version}";
    seen_on_hold: "有取消申请待决定", "a request to cancel is open";
    seen_refund: "退款 {amount}：{state}", "refund of {amount}: {state}";
    seen_case: "售后：{state}", "case: {state}";
    says_message: "消息 {n}", "message {n}";
    did_act: "操作记录 {n}", "entry {n} of the trail";
    broken: "这条记录被改动过，与当初写下的不符。", "This record was tampered with: it is not what was written.";
    again: "重新加载", "Load again";
    by_logged_in: "已登录的账号", "Their log-in";
    by_one_time_code: "访客的验证码", "A guest's one-time code";
    by_number_and_phone: "订单号和手机号", "Order number and telephone number";
    by_number_and_email: "订单号和邮箱", "Order number and e-mail address";
    by_called_back: "回拨订单上的电话", "Called back at the order's number";
    by_not_confirmed: "没有确认", "Not confirmed";
    answer_explained: "已说明情况", "Explained";
    answer_done: "已按要求办理", "Done as asked";
    answer_refused: "不能办理，已说明原因", "Cannot be done, and why";
    answer_promised: "承诺稍后答复", "An answer is promised";
    answer_passed_on: "已转给他人", "Passed on";
    answer_not_identified: "未能确认身份", "Who asks was not confirmed";
}

impl Words {
    /// By what it is confirmed who asks.
    pub const fn by(&self, by: Identification) -> &'static str {
        match by {
            Identification::LoggedIn => self.by_logged_in,
            Identification::OneTimeCode => self.by_one_time_code,
            Identification::NumberAndPhone => self.by_number_and_phone,
            Identification::NumberAndEmail => self.by_number_and_email,
            Identification::CalledBack => self.by_called_back,
            Identification::NotConfirmed => self.by_not_confirmed,
        }
    }

    /// What the answer was.
    pub const fn answered(&self, answer: EnquiryAnswer) -> &'static str {
        match answer {
            EnquiryAnswer::Explained => self.answer_explained,
            EnquiryAnswer::Done => self.answer_done,
            EnquiryAnswer::Refused => self.answer_refused,
            EnquiryAnswer::Promised => self.answer_promised,
            EnquiryAnswer::PassedOn => self.answer_passed_on,
            EnquiryAnswer::NotIdentified => self.answer_not_identified,
        }
    }
}
