//! Canned replies.

use orders_api::ReplyFact;

crate::words::catalogue! {
    title: "快捷回复", "Canned replies";
    intro: "回复会话时输入 / 加短码即可使用。花括号里的内容按买家的订单填好。", "In a conversation, type / and the code. What stands in braces is filled in from the shopper's order.";
    pick: "快捷回复", "Canned replies";
    pick_hint: "输入 / 查找，↑ ↓ 选择，回车填入", "Type / to find, ↑ ↓ to choose, Enter to insert";
    pick_none: "没有符合的快捷回复。", "No reply fits.";
    pick_empty: "还没有快捷回复。", "There are no canned replies yet.";
    pick_count: "{n} 条快捷回复", "{n} canned replies";
    inserted: "已填入“{title}”，确认后发送", "“{title}” is inserted; look at it and send";
    missing: "不能使用：这个会话没有{facts}", "Cannot be used: this conversation has no {facts}";
    and: "、", ", ";
    language: "回复的语言", "Language of the replies";
    zh: "中文", "Chinese";
    en: "英文", "English";
    manage: "管理快捷回复", "All replies";
    in_use: "使用中", "In use";
    archived: "已停用", "Archived";
    which: "哪些快捷回复", "Which replies";
    none_in_use: "还没有快捷回复。", "There are no canned replies yet.";
    none_archived: "没有停用的快捷回复。", "None is archived.";
    only_read: "您的角色可以使用快捷回复，修改由主管负责。", "Your role may use canned replies; supervisors write them.";
    add: "新建快捷回复", "Add a reply";
    change: "修改", "Change";
    restore: "恢复使用", "Take up again";
    archive: "停用", "Archive";
    archive_title: "停用这条快捷回复？", "Archive this reply?";
    archive_text: "会话里不再提供它，随时可以恢复使用。", "It is offered no more, and can be taken up again.";
    archive_yes: "确认停用", "Yes, archive it";
    keep: "先不停用", "Keep it";
    changed: "{who} 修改于 {when}", "Changed by {who}, {when}";
    every_shop: "所有店铺", "Every shop";
    shop: "使用的店铺", "Used by";
    code: "短码", "Code";
    code_hint: "小写字母、数字或连字符，最多 24 个", "Lower-case letters, digits and hyphens, at most 24";
    name: "名称", "Name";
    name_hint: "给同事看，最多 60 字", "For colleagues, at most 60 characters";
    text_zh: "中文内容", "In Chinese";
    text_en: "英文内容", "In English";
    facts: "可以填入的内容", "What can be filled in";
    facts_hint: "点击加到正在写的内容末尾", "Adds it at the end of the text being written";
    save: "保存", "Save";
    shut: "不保存", "Leave it";
    saved: "已保存“{title}”", "“{title}” is saved";
    is_archived: "已停用“{title}”", "“{title}” is archived";
    overtaken: "这条快捷回复刚被同事修改，下面是现在的内容。再按一次保存会覆盖它。", "A colleague has changed this reply; below it is as it is now. Press again to write over it.";
    fault_code: "短码只能用小写字母、数字和连字符，1–24 个。", "1 to 24 of lower-case letters, digits and hyphens.";
    fault_name: "请填写名称，最多 60 字。", "Give it a name of at most 60 characters.";
    fault_text: "中文或英文至少写一种。", "Write it in one language at least.";
    fault_long: "最多 1000 字。", "At most 1000 characters.";
    fault_brace: "花括号没有成对。", "A brace is not closed, or was not opened.";
    fault_fact: "花括号里的名称不在下面的列表中。", "A name in braces is none of those below.";
    fact_order_number: "订单号", "order number";
    fact_order_state: "订单状态", "state of the order";
    fact_shopper_name: "买家称呼", "name of the shopper";
    fact_shop: "店铺名称", "name of the shop";
    fact_refund_amount: "退款金额", "amount of a refund";
    fact_refund_account: "退款账户", "account of a refund";
    fact_starts_by: "最晚发起退款的日期", "day by which the refund starts";
    fact_arrives_from: "最早到账日期", "first day of arrival";
    fact_arrives_by: "最晚到账日期", "last day of arrival";
    fact_due_at: "售后截止时间", "deadline of a case";
    fact_pay_by: "付款截止时间", "time to pay by";
    fact_courier: "快递公司", "courier";
    fact_tracking_number: "快递单号", "tracking number";
    fact_phone: "客服电话", "telephone";
    fact_email: "客服邮箱", "e-mail address";
    fact_hours: "电话服务时间", "telephone hours";
}

impl Words {
    /// What a fact is called.
    pub const fn fact(&self, fact: ReplyFact) -> &'static str {
        match fact {
            ReplyFact::OrderNumber => self.fact_order_number,
            ReplyFact::OrderState => self.fact_order_state,
            ReplyFact::ShopperName => self.fact_shopper_name,
            ReplyFact::Shop => self.fact_shop,
            ReplyFact::RefundAmount => self.fact_refund_amount,
            ReplyFact::RefundAccount => self.fact_refund_account,
            ReplyFact::StartsBy => self.fact_starts_by,
            ReplyFact::ArrivesFrom => self.fact_arrives_from,
            ReplyFact::ArrivesBy => self.fact_arrives_by,
            ReplyFact::DueAt => self.fact_due_at,
            ReplyFact::PayBy => self.fact_pay_by,
            ReplyFact::Courier => self.fact_courier,
            ReplyFact::TrackingNumber => self.fact_tracking_number,
            ReplyFact::Phone => self.fact_phone,
            ReplyFact::Email => self.fact_email,
            ReplyFact::Hours => self.fact_hours,
        }
    }

    /// What there is not, one after the other.
    pub fn facts_of(&self, missing: &[ReplyFact]) -> String {
        let names: Vec<_> = missing.iter().map(|fact| self.fact(*fact)).collect();
        names.join(self.and)
    }
}
