//! Words of the complaint's pages.

crate::words::catalogue! {
    page: "投诉 · {state}", "Complaint · {state}";
    complaint: "投诉", "Complaint";
    loading: "正在加载投诉…", "Loading the complaint…";
    gone_title: "没有这个投诉", "There is no such complaint";
    gone_text: "链接可能已失效，或者这不是您的投诉。您的订单都在“我的订单”里。", "The link may be old, or this is not your complaint. All your orders are in My Orders.";

    form_page: "投诉", "Complain";
    form_title: "投诉这笔订单", "Complain about this order";
    form_loading: "正在加载…", "Loading…";
    form_gone_title: "没有这个订单", "There is no such order";
    form_gone_text: "链接可能已失效，或者这不是您的订单。您的订单都在“我的订单”里。", "The link may be old, or this is not your order. All your orders are in My Orders.";
    form_none_title: "这笔订单现在不能在这里投诉", "This order takes no complaints here now";
    form_none_text: "请直接联系客服，由专人处理。", "Please turn to support; a person will deal with it.";
    form_intro: "写下发生了什么、您希望怎样解决。会有专人调查，再给您一个方案；接受不接受，由您决定。", "Say what happened and what would put it right. Somebody looks into it and makes you an offer; whether you accept it is up to you.";
    restored: "已恢复上次没有提交的内容。", "What you had begun before is filled in again.";
    begin_anew: "重新填写", "Start over";
    mine: "这笔订单的投诉", "Complaints about this order";
    mine_open: "处理中的投诉：{about}", "Under way: {about}";

    about: "投诉什么", "What it is about";
    about_order: "整笔订单", "The order as a whole";
    about_case: "售后：{kind} {amount}（{state}）", "After-sale case: {kind}, {amount} ({state})";
    about_refund: "退款：{amount}（{account}）", "Refund: {amount} ({account})";
    about_history: "售后里的经过、理由和证据都会带上，不用再写一遍。", "All that was said and shown in the case goes along; you need not say it again.";
    all_open: "能投诉的都已经在处理中，请打开上面的投诉继续。", "All there is to complain about is under way; please go on in the complaint above.";

    topic: "哪方面的问题", "What went wrong";
    text: "发生了什么", "What happened";
    text_hint: "什么时候、和谁、说了什么。写得越清楚，处理越快。", "When, with whom, what was said: the clearer, the sooner it is settled.";
    wish: "您希望怎样解决", "What would put it right";
    amount: "希望退多少", "How much you want back";
    amount_hint: "最多 {most}。不填就按售后申请的金额或全部可退金额。", "At most {most}. Left empty, it is what the case was about, or else all that can go back.";
    photos_later: "照片和视频要等页面加载完才能添加，也可以提交后再补。", "Photos and videos can be added once the page has loaded, or after sending.";

    topic_missing: "请选择是哪方面的问题。", "Please choose what went wrong.";
    wish_missing: "请选择您希望怎样解决。", "Please choose what would put it right.";
    text_missing: "请写下发生了什么。", "Please say what happened.";
    text_too_long: "太长了，最多 {n} 个字。", "This is too long: {n} characters at most.";
    amount_invalid: "请填写金额，例如 25.50。", "Please give an amount, such as 25.50.";
    amount_too_much: "最多可以退 {most}。", "At most {most} can go back.";
    about_unknown: "请重新选择投诉什么。", "Please choose again what it is about.";
    invalid: "请检查这一项。", "Please check this.";
    photos_busy: "照片还在上传，传完就能提交。", "Photos are still uploading; you can send once that is done.";
    photos_unfinished: "有的照片没有传完，请继续上传或移除。", "Some photos were not uploaded. Go on with them, or remove them.";
    photos_refused: "有的照片或视频不能用，请移除后重新添加。", "Some photo or video cannot be used. Remove it and add it again.";

    send: "提交投诉", "Send the complaint";
    lost: "不确定有没有送到。请再点一次“提交投诉”，不会变成两个投诉。", "We do not know whether it arrived. Press Send once more; it will not become two complaints.";

    dates: "提交之后", "What follows";
    date_taken: "有人开始处理", "Somebody takes it up";
    date_proposed: "给您处理方案", "You get an offer";
    date_answer: "您来答复", "You answer it";
    date_by: "{until} 前", "by {until}";
    date_days_one: "您有 {n} 天时间", "you have {n} day";
    date_days: "您有 {n} 天时间", "you have {n} days";
    date_silence_grant: "我们没有按时答复，会自动转给主管；主管也没有按时答复，就按您希望的退款。", "If we miss a date, it goes to a supervisor by itself. If they miss theirs, the refund that you wished for is made.";
    date_silence_outside: "我们没有按时答复，会自动转给主管；主管也没有按时答复，您不用再等，可以直接走外部途径。", "If we miss a date, it goes to a supervisor by itself. If they miss theirs, you need not wait any longer: the outside route is open.";

    outside: "外部途径：{name}", "The outside route: {name}";
    outside_call: "拨打 {phone}", "Call {phone}";
    outside_web: "打开网站", "Open its website";
    outside_now: "现在就可以用：我们没有按时答复。", "You can use it now: we did not decide in time.";

    state_received: "已收到您的投诉", "We have your complaint";
    state_investigating: "正在调查", "We are looking into it";
    state_supervisor: "已转给主管处理", "A supervisor has it now";
    state_proposed: "有了处理方案，等您决定", "There is an offer for you to decide on";
    state_final: "这是最终方案，等您决定", "This is the final offer, for you to decide on";
    state_disputed: "您没有接受，主管正在复核", "You turned it down; a supervisor is looking at it";
    state_accepted: "您接受了方案", "You accepted the offer";
    state_granted: "已按您的要求退款", "Your refund was granted";
    state_resolved: "主管已作出最后答复", "A supervisor gave the last answer";
    state_withdrawn: "您已撤回投诉", "You withdrew this complaint";
    state_declined: "您没有接受最终方案", "You turned the final offer down";
    state_closed: "投诉已结束", "The complaint is closed";

    means_received: "您不用做什么。我们会按下面的时间处理，有进展会通知您。", "There is nothing you need to do. We keep to the dates below, and you are told of every step.";
    means_investigating: "您不用做什么，有了方案会通知您。想起什么，可以随时补充。", "There is nothing you need to do; you are told when there is an offer. You can add to it at any time.";
    means_escalated: "我们没有按时答复，很抱歉。主管接手了，新的时间在下面。", "We missed our date, and we are sorry. A supervisor has taken over; the new date is below.";
    means_outside: "我们没有按时答复，非常抱歉。您不用再等，可以直接走外部途径；我们这边也会继续处理。", "We did not decide in time, and we are very sorry. You need not wait any longer: the outside route is open. We go on with it, too.";
    means_proposed: "方案写在下面。接受就照此执行；不接受请说明理由，由主管重新判断。", "It stands below. Accept it and it is carried out; or say why not, and a supervisor decides afresh.";
    means_final: "主管复核后给出了这个方案。不接受，投诉就此结束，您仍然可以走外部途径。", "A supervisor made it after the review. If you turn it down, the complaint ends; the outside route stays open to you.";
    means_disputed: "由没有参与过的主管重新判断，您不用做什么。", "Somebody who was not part of it decides afresh. There is nothing you need to do.";
    means_accepted_refund: "钱到哪里了、什么时候到账，见下方的退款。", "Where the money is and when it arrives, the refund below says.";
    means_accepted_soon: "退款正在准备，进展会显示在这里。", "The refund is being prepared; how far it is shows here.";
    means_accepted_compensation: "店铺会把补偿付给您。", "The shop pays it to you.";
    means_accepted_goodwill: "我们会照方案去做。", "We do what was offered.";
    means_accepted_none: "谢谢您的理解。", "Thank you for your understanding.";
    means_granted: "我们没有按时答复，所以按您的要求办理。进展见下方的退款。", "We did not answer in time, so your wish was granted. The refund below says how far it is.";
    means_resolved: "理由写在下方。不同意的话，您仍然可以走外部途径。", "The reason stands below. If you disagree, the outside route is open to you.";
    means_withdrawn: "没有执行任何方案。需要时可以从订单里重新投诉。", "Nothing was carried out. You can complain again from the order.";
    means_declined: "方案不再有效。内容都会保留，您仍然可以走外部途径。", "The offer has lapsed. Everything stays here, and the outside route is open to you.";
    means_closed: "方案在期限内没有得到您的答复，已经失效。需要时可以从订单里重新投诉。", "The offer was not answered in time and has lapsed. You can complain again from the order.";

    course: "投诉进度", "Progress of the complaint";
    stop_received: "提交投诉", "Complaint sent";
    stop_investigated: "调查", "Looked into";
    stop_proposed: "处理方案", "An offer";
    stop_disputed: "不接受", "Turned down";
    stop_decided: "主管复核", "Supervisor's decision";
    stop_over: "结束", "Settled";
    stop_answer: "您的决定", "Your decision";
    stop_by: "{until} 前", "by {until}";
    over_accepted: "已接受方案", "Offer accepted";
    over_resolved: "已答复", "Answered";
    over_granted: "已同意退款", "Refund granted";
    over_withdrawn: "您已撤回", "Withdrawn by you";
    over_closed: "没有达成一致", "No agreement";

    deadline: "还剩 {left} · {until} 前", "{left} left · until {until}";
    time_is_up: "时间已到，正在更新…", "The time is up; looking what follows…";
    then_escalate: "到时没有答复，会自动转给主管，并给您新的时间。", "Without an answer by then, it goes to a supervisor by itself, and you get a new date.";
    then_grant: "到时没有答复，就按您希望的退款 {amount}。", "Without an answer by then, the refund of {amount} that you wished for is made.";
    then_grant_plain: "到时没有答复，就按您希望的退款。", "Without an answer by then, the refund that you wished for is made.";
    then_outside: "到时没有答复，您不用再等，可以直接走外部途径。", "Without an answer by then, you need not wait any longer: the outside route is open.";
    then_close: "到时没有您的答复，投诉会结束，方案失效。", "Without your answer by then, the complaint closes and the offer lapses.";

    offer: "处理方案", "The offer";
    offer_final: "最终方案", "The final offer";
    offer_refund: "退款 {amount}", "A refund of {amount}";
    offer_compensation: "补偿 {amount}", "{amount} in compensation";
    offer_points: "补偿 {n} 积分", "{n} points in compensation";
    offer_goodwill: "店铺的心意", "Goodwill from the shop";
    offer_none: "不作补偿", "Nothing further";
    offer_reason: "理由", "The reason";
    accept_means: "接受之后", "If you accept";
    accept_refund: "{amount} 退回您付款的账户，在退款页能看到进度。投诉就此解决。", "{amount} goes back to the account that you paid from, and its refund's page shows how far it is. That settles the complaint.";
    accept_compensation: "店铺另外付给您 {amount}，不影响任何退款。投诉就此解决。", "The shop pays you {amount}, apart from any refund. That settles the complaint.";
    accept_points: "店铺给您的账户加 {n} 积分。投诉就此解决。", "The shop adds {n} points to your account. That settles the complaint.";
    accept_goodwill: "店铺照上面写的去做。投诉就此解决。", "The shop does what is written above. That settles the complaint.";
    accept_none: "投诉就此解决，没有费用往来。", "That settles the complaint; no money changes hands.";
    goes_to: "{account} · {starts} 前开始，{arrives} 到账", "{account} · starts by {starts}, arrives {arrives}";
    goes_to_day: "{account} · {arrives} 到账", "{account} · arrives {arrives}";
    accept: "接受方案", "Accept the offer";
    accept_title: "接受这个方案？", "Accept this offer?";
    accept_no_way_back: "接受后不能再改。", "It cannot be undone.";
    accept_confirm: "确认接受", "Yes, accept it";
    accept_keep: "再想想", "Think it over";
    dispute: "不接受", "Turn it down";
    dispute_text: "由没有参与过的主管重新判断。之前的内容都会保留。", "A supervisor who was not part of it decides afresh. Everything so far stays here.";
    decline_text: "这是最终方案。不接受，投诉就此结束，方案失效；您仍然可以走外部途径。", "This is the final offer. If you turn it down, the complaint ends and the offer lapses; the outside route stays open to you.";
    dispute_label: "为什么不接受", "Why you turn it down";
    dispute_send: "提交给主管", "Send it to a supervisor";
    decline_send: "不接受，结束投诉", "Turn it down and end";
    decline_title: "不接受最终方案？", "Turn the final offer down?";
    decline_confirm: "确认不接受", "Yes, turn it down";
    decline_keep: "再想想", "Think it over";

    can_do: "可以做的事", "What you can do";
    go_say: "补充说明或证据", "Add words or evidence";
    withdraw: "撤回投诉", "Withdraw the complaint";
    withdraw_title: "撤回这个投诉？", "Withdraw this complaint?";
    withdraw_text: "撤回后这个投诉就结束了，不会执行任何方案。之后还可以从订单里重新投诉。", "The complaint ends and nothing is carried out. You can complain again from the order.";
    withdraw_confirm: "确认撤回", "Withdraw it";
    withdraw_keep: "再想想", "Keep it open";

    say_title: "补充说明", "Add to the complaint";
    say_label: "想说的话", "Your message";
    say_hint: "处理投诉的人都能看到。", "Everybody who deals with the complaint sees it.";
    say_send: "发送", "Send";
    said: "已发送", "Sent";

    refunds: "退款", "Refunds";
    thread: "沟通记录", "What was said and done";
    act_opened: "提交了投诉", "complained";
    act_opened_by_rule: "售后没有通过，自动转为投诉", "The case was refused for good, so this complaint opened by itself";
    act_opened_by_delay: "退款长时间没有到账，自动转为投诉", "The refund has not arrived long after its day, so this complaint opened by itself";
    act_opened_by_broken_date: "商家没有在说好的时间前答复，自动转为投诉", "The shop did not decide by the time it had said, so this complaint opened by itself";
    act_taken_up: "开始调查", "began to look into it";
    act_said: "补充说明", "wrote";
    act_proposed: "给出了方案", "made an offer";
    act_accepted: "接受了方案", "accepted the offer";
    act_disputed: "没有接受方案", "turned the offer down";
    act_escalated: "没有按时答复，转给主管", "No answer in time: a supervisor takes over";
    act_granted: "没有按时答复，按您的要求退款", "No answer in time: your refund is granted";
    act_outside: "没有按时处理，外部途径现在可以使用", "It was not decided in time: the outside route is open now";
    act_resolved: "作了最后答复", "gave the last answer";
    act_withdrawn: "撤回了投诉", "withdrew the complaint";
    act_closed: "期限已过，投诉自动结束", "Time was over: closed by itself";
    act_internal: "内部处理", "Dealt with inside";

    info: "投诉信息", "About this complaint";
    order: "订单", "Order";
    id: "投诉编号", "Complaint number";
    copy_id: "复制投诉编号", "Copy the complaint number";
    opened: "提交时间", "Sent on";
    shop: "店铺", "Shop";

    news: "投诉有新进展：{state}。", "Your complaint has moved on: {state}.";
    news_said: "{who}有新回复：{text}", "{who} wrote: {text}";

    mail_subject: "投诉 {id}（订单 {number}，{state}）", "Complaint {id} (order {number}, {state})";
    mail_body: "投诉编号：{id}\n订单号：{number}\n店铺：{shop}\n问题：{topic}\n希望：{wish}\n状态：{state}\n\n需要帮助的问题：\n", "Complaint number: {id}\nOrder number: {number}\nShop: {shop}\nAbout: {topic}\nWished: {wish}\nState: {state}\n\nHow can we help?\n";
    form_mail_subject: "投诉（订单 {number}）", "Complaint (order {number})";
    form_mail_body: "订单号：{number}\n店铺：{shop}\n\n发生了什么，希望怎样解决：\n", "Order number: {number}\nShop: {shop}\n\nWhat happened, and what would put it right:\n";
}
