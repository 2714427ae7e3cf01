//! The words of the API in both languages, by code.

use orders_api::{Language, codes};

/// Title and detail of a problem.
pub fn problem(code: &str, language: Language) -> (&'static str, &'static str) {
    let (zh, en) = match code {
        codes::BAD_REQUEST => (
            ("请求无法读取", "请求的格式不正确。"),
            ("The request cannot be read", "The request is malformed."),
        ),
        codes::NOT_LOGGED_IN => (
            ("请先登录", "您尚未登录，或登录已过期。"),
            (
                "Please log in",
                "Nobody is logged in, or the session is over.",
            ),
        ),
        codes::INVALID_CREDENTIALS => (
            ("登录失败", "账号或密码不正确。"),
            ("Log-in failed", "The account or the password is not right."),
        ),
        codes::INVALID_HANDOFF_CODE => (
            ("登录码无效", "登录码不正确、已使用或已过期。"),
            (
                "Invalid code",
                "The log-in code is wrong, was used before, or is too old.",
            ),
        ),
        codes::INVALID_KEY => (
            ("密钥无效", "接口密钥缺失或不正确。"),
            ("Invalid key", "The integration key is missing or wrong."),
        ),
        codes::NO_CHAT => (
            ("暂无在线客服", "这家店铺没有在线客服，请致电或发送邮件。"),
            (
                "No chat",
                "This shop has no chat. Please call or write an e-mail.",
            ),
        ),
        codes::CONVERSATION_CLOSED => (
            ("会话已结束", "会话已结束，请开始新的会话。"),
            ("The conversation is over", "Please begin a new one."),
        ),
        codes::CONVERSATION_NOT_OVER => (
            ("会话尚未结束", "会话结束后才能评价。"),
            (
                "The conversation is not over",
                "It can be rated when it has ended.",
            ),
        ),
        codes::CLAIMED_BY_ANOTHER => (
            ("已有同事在处理", "另一位同事正在处理这一项。"),
            (
                "A colleague has it in hand",
                "Somebody else of the staff is working on this.",
            ),
        ),
        codes::CONVERSATION_NOT_SERVED => (
            ("会话还没有人接待", "请先接入会话，再转接或放回队列。"),
            (
                "Nobody has the conversation",
                "It has to be taken before it can be passed on or handed back.",
            ),
        ),
        codes::CONVERSATION_UNANSWERED => (
            ("会话还没有答复", "请先答复买家，再结束会话。"),
            (
                "Nobody has answered",
                "Answer the shopper before you end the conversation.",
            ),
        ),
        codes::SERVED_BY_ANOTHER => (
            ("会话由其他同事接待", "另一位同事已经接入这个会话。"),
            (
                "A colleague has the conversation",
                "Somebody else of the staff has taken it.",
            ),
        ),
        codes::DRAFT_CHANGED => (
            ("草稿已变更", "草稿已被他人修改、发布或删除，请刷新后再试。"),
            (
                "The draft has changed",
                "Somebody else has changed, published or dropped the draft. Look at it again.",
            ),
        ),
        codes::DRAFT_INVALID => (
            ("草稿有误", "草稿中有错误，改正后才能检查或发布。"),
            (
                "The draft has a mistake",
                "It can be checked and published once that is mended.",
            ),
        ),
        codes::REPLY_CHANGED => (
            ("快捷回复已变更", "这条快捷回复已被他人修改，请刷新后再试。"),
            (
                "The reply has changed",
                "Somebody else has changed this canned reply. Look at it again.",
            ),
        ),
        codes::REPLY_CODE_TAKEN => (
            ("短码已被使用", "另一条快捷回复已使用这个短码，请换一个。"),
            (
                "The code is taken",
                "Another canned reply has this code. Choose another one.",
            ),
        ),
        codes::ENQUIRY_OVER => (
            ("咨询记录已完成", "已完成的记录不再改动，请另开一条。"),
            (
                "The enquiry is over",
                "Nothing is added to what was answered. Begin another one.",
            ),
        ),
        codes::ASKER_NOT_CONFIRMED => (
            ("尚未确认来访者身份", "确认身份后才能查询订单和答复。"),
            (
                "It is not confirmed who asks",
                "An order is looked up, and told about, once that is confirmed.",
            ),
        ),
        codes::ASKER_CONFIRMED => (
            ("来访者身份已确认", "记录显示身份已确认，请选择其他答复。"),
            (
                "It is confirmed who asks",
                "The record says so. Choose another answer.",
            ),
        ),
        codes::NOT_LOOKED_UP => (
            ("尚未查询订单", "请先查询订单，再记录答复。"),
            (
                "No order was looked up",
                "Look the order up first; then record the answer.",
            ),
        ),
        codes::VERSION_TAKEN => (
            ("版本号已被使用", "这家店铺已有这个版本，请换一个版本号。"),
            (
                "The version is taken",
                "The shop has had a policy of this version. Choose another name for it.",
            ),
        ),
        codes::UPGRADE_REQUIRED => (
            ("需要 WebSocket", "这个地址只能用 WebSocket 连接。"),
            (
                "A WebSocket is needed",
                "This address is only spoken to by WebSocket.",
            ),
        ),
        codes::TOO_MANY_MESSAGES => (
            ("发送太频繁", "消息发送过于频繁，请稍候再试。"),
            (
                "Too many messages",
                "That was more within a minute than is taken. Please wait a moment.",
            ),
        ),
        codes::TOO_MANY_SOCKETS => (
            ("连接过多", "打开的会话窗口过多，请关闭一些后再试。"),
            (
                "Too many connections",
                "Too many chat windows are open. Please close some.",
            ),
        ),
        codes::INVALID_SIGNATURE => (
            ("签名无效", "通知的签名不正确或已过期。"),
            (
                "Invalid signature",
                "The notification is not signed by the payment provider, or too old.",
            ),
        ),
        codes::NOT_PERMITTED => (
            ("没有权限", "您的角色不能进行此操作。"),
            ("Not permitted", "Your role may not do that."),
        ),
        codes::NOTHING_TO_CONFIRM => (
            ("无需确认", "该订单当前不在等待确认。"),
            (
                "Nothing to confirm",
                "The order does not wait to be confirmed.",
            ),
        ),
        codes::REFUND_NOT_CHANGEABLE => (
            (
                "暂不能更换退款方式",
                "退款已在途中或已到账，或已有待处理的更换申请。",
            ),
            (
                "The way cannot be changed now",
                "The refund is on its way or there, or you have asked for another way already.",
            ),
        ),
        codes::NO_OPEN_WAY => (
            (
                "没有待处理的更换申请",
                "这笔退款没有待处理的更换退款方式申请。",
            ),
            (
                "No open request",
                "There is no open request for another way for this refund.",
            ),
        ),
        codes::REFUND_NOT_HELD => (
            (
                "请稍后再试",
                "正在向支付机构确认该退款尚未发出，请一分钟后重试。",
            ),
            (
                "Please try again in a minute",
                "The payment provider is being asked whether it has the refund already.",
            ),
        ),
        codes::SECOND_PERSON_NEEDED => (
            (
                "需要另一个人",
                "同一个人不能决定两次：金额超过限额的，以及申诉和异议，须由另一人决定。",
            ),
            (
                "A second person is needed",
                "Nobody decides twice: what is above the policy's amount, an appeal and a dispute take another person.",
            ),
        ),
        codes::CASE_NOT_POSSIBLE => (
            ("暂不能申请售后", "所选商品当前不能申请售后。"),
            (
                "After-sale service is not possible",
                "What was chosen cannot be refunded or returned now.",
            ),
        ),
        codes::CASE_NOT_NOW => (
            ("暂时无法操作", "售后进度已更新，请查看最新状态。"),
            (
                "Not possible now",
                "The case has moved on. Please look at where it stands.",
            ),
        ),
        codes::CASE_CLOSED => (
            ("售后已结束", "该售后申请已经结束，无法继续操作。"),
            ("The case is over", "Nothing more can be done in it."),
        ),
        codes::NO_COMPLAINTS => (
            (
                "暂时无法投诉",
                "这个订单目前不能在线投诉，请联系商家的客服。",
            ),
            (
                "No complaint possible",
                "One cannot complain about this order here. Please contact the shop's support.",
            ),
        ),
        codes::COMPLAINT_OPEN => (
            (
                "已有投诉在处理",
                "这件事已经有一个投诉在处理，请在其中补充。",
            ),
            (
                "There is a complaint already",
                "There is one about the same thing. Please add to it.",
            ),
        ),
        codes::COMPLAINT_NOT_NOW => (
            ("暂时无法操作", "投诉进度已更新，请查看最新状态。"),
            (
                "Not possible now",
                "The complaint has moved on. Please look at where it stands.",
            ),
        ),
        codes::COMPLAINT_CLOSED => (
            ("投诉已结束", "该投诉已经结束，无法继续操作。"),
            ("The complaint is over", "Nothing more can be done in it."),
        ),
        codes::NOT_ENOUGH_LEFT => (
            ("可退金额不足", "订单剩余的可退金额少于方案中的金额。"),
            (
                "Not that much is left",
                "Less money of the order is left than the offer says.",
            ),
        ),
        codes::LEDGER_NOT_READY => (
            ("账单不可用", "暂时无法取得支付机构当日的账单。"),
            (
                "The ledger is not there",
                "The payment provider's ledger of that day cannot be had now.",
            ),
        ),
        codes::UPLOAD_OFFSET => (
            (
                "上传位置不符",
                "这一段与已上传的内容接不上，请查询进度后续传。",
            ),
            (
                "Not where the last piece ended",
                "Ask how far the upload is, and go on from there.",
            ),
        ),
        codes::TOO_MANY_UPLOADS => (
            (
                "上传的文件过多",
                "最近两小时内上传但尚未提交的照片和视频过多。请移除一些，或过两小时再试。",
            ),
            (
                "Too many uploads",
                "Too many photos and videos of the last two hours were not sent yet. Please remove some, or try again in two hours.",
            ),
        ),
        codes::EVIDENCE_IN_USE => (
            ("无法删除", "该文件已提交到售后单或客服会话，不能删除。"),
            (
                "It cannot be removed",
                "An after-sale case or a conversation has it, and what they have stays.",
            ),
        ),
        codes::RANGE_NOT_SATISFIABLE => (
            ("范围无效", "文件中没有所请求的部分。"),
            ("No such range", "The file has no such bytes."),
        ),
        codes::INVALID_CODE => (
            ("验证码不对", "验证码不正确、已用过或已过期，请重新获取。"),
            (
                "Wrong code",
                "The code is wrong, was used, or is too old. Ask for a new one.",
            ),
        ),
        codes::GUEST_SESSION => (
            ("需要登录", "您正凭验证码查看一张订单，登录后才能这样做。"),
            (
                "Log in for this",
                "You are looking at one order with a code. Log in to do this.",
            ),
        ),
        codes::CROSS_SITE => (
            ("请求被拒绝", "该请求来自其他网站。"),
            ("Request refused", "The request came from another site."),
        ),
        codes::NOT_FOUND => (
            ("未找到", "您要找的内容不存在。"),
            ("Not found", "What you are looking for is not here."),
        ),
        codes::METHOD_NOT_ALLOWED => (
            ("不支持的操作", "此地址不支持该操作。"),
            (
                "Method not allowed",
                "This address does not know that method.",
            ),
        ),
        codes::TIMEOUT => (
            ("请求超时", "处理时间过长，请重试。"),
            ("Time-out", "The request took too long. Please try again."),
        ),
        codes::ORDER_NOT_CANCELLABLE => (
            ("订单无法取消", "订单的状态已不允许取消。"),
            (
                "The order cannot be cancelled",
                "The order's state does not allow cancelling it any more.",
            ),
        ),
        codes::NO_OPEN_REQUEST => (
            (
                "没有待处理的取消申请",
                "取消申请已不在等待处理：可能已有人处理，或已撤回。",
            ),
            (
                "No open request",
                "No request to cancel is waiting any more: it was decided or withdrawn.",
            ),
        ),
        codes::NO_LIMIT => (
            ("没有取消限制", "该买家现在没有取消限制。"),
            (
                "No limit",
                "The shopper's cancelling is not limited at present.",
            ),
        ),
        codes::ADDRESS_NOT_EDITABLE => (
            ("收货信息无法修改", "订单的当前状态不允许修改收货信息。"),
            (
                "The address cannot be changed",
                "The order's state does not allow changing the address.",
            ),
        ),
        codes::ORDER_CANCELLED => (
            ("订单已取消", "订单已取消，不得打包或发货。"),
            (
                "The order is cancelled",
                "The order is cancelled and must not be packed or shipped.",
            ),
        ),
        codes::ORDER_ON_HOLD => (
            ("订单暂停处理", "有待处理的取消申请，暂时不得打包或发货。"),
            (
                "The order is on hold",
                "A request to cancel is open; the order must not be packed or shipped.",
            ),
        ),
        codes::INCOMPLETE_INFO => (
            ("信息不完整", "订单缺少只有买家能提供的信息。"),
            (
                "Information is missing",
                "The order lacks information that only the shopper can give.",
            ),
        ),
        codes::CONFLICT => (
            ("请重试", "同一订单正在被其他操作修改，请重试。"),
            (
                "Please try again",
                "The order was being changed by others at the same time.",
            ),
        ),
        codes::BODY_TOO_LARGE => (
            ("内容过大", "请求的内容超过上限。"),
            ("Too large", "The request's body is larger than allowed."),
        ),
        codes::UNSUPPORTED_MEDIA_TYPE => (
            ("不支持的内容类型", "该操作不接受这种类型的内容。"),
            (
                "Unsupported media type",
                "The request's body is not of the type that is expected here.",
            ),
        ),
        codes::INVALID_FIELDS => (
            ("填写有误", "部分内容填写有误，请检查。"),
            (
                "Some fields are wrong",
                "Please check the fields named in errors.",
            ),
        ),
        codes::IDEMPOTENCY_KEY_REUSED => (
            ("重复的幂等键", "该幂等键已用于另一个请求。"),
            (
                "Idempotency key reused",
                "This key was used with another request.",
            ),
        ),
        codes::TOO_MANY_ATTEMPTS => (
            ("尝试次数过多", "登录失败次数过多，请稍后再试。"),
            (
                "Too many attempts",
                "There were too many failed attempts. Please wait a while.",
            ),
        ),
        codes::UNAVAILABLE => (
            ("服务暂不可用", "服务暂时不可用，请稍后重试。"),
            (
                "Not available",
                "The service is out of reach for the moment. Please try again.",
            ),
        ),
        _ => (
            ("系统错误", "我们这边出了问题，请稍后重试。"),
            (
                "Something went wrong",
                "The fault is on our side. Please try again later.",
            ),
        ),
    };
    match language {
        Language::ZhCn => zh,
        Language::En => en,
    }
}

/// The words for a reason that is not one of a policy's: given by a rule or by the seller (S3).
pub fn reason(code: &str, language: Language) -> Option<&'static str> {
    let (zh, en) = match code {
        "not_paid_in_time" => ("超时未付款", "Not paid in time"),
        "out_of_stock" => ("商品缺货", "Out of stock"),
        "price_change" => ("价格变动", "Price changed"),
        "cannot_fulfil" => ("商家无法履约", "The seller cannot fulfil it"),
        "no_courier" => ("暂无快递员接单", "No courier has taken it yet"),
        "system_delay" => ("系统处理延迟", "The shop's system is behind"),
        "incomplete_info" => ("收货信息不完整", "Delivery details are incomplete"),
        _ => return None,
    };
    Some(match language {
        Language::ZhCn => zh,
        Language::En => en,
    })
}

/// Who has the conversation that was to be moved.
pub fn served_by(name: &str, language: Language) -> String {
    match language {
        Language::ZhCn => format!("{name} 正在接待这个会话，要由您处理请先接手。"),
        Language::En => format!("{name} has it. Take it over first to go on with it yourself."),
    }
}
