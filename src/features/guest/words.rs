//! Words of looking up one order without logging in.

crate::words::catalogue! {
    title: "查一张订单", "Look up one order";
    saying: "不登录，也能看这一单。", "One order, without logging in.";
    text: "填写订单号，以及订单上的手机号，或下单账号的手机号或邮箱。验证码会发到那里。", "Enter the order's number, and its phone number or the phone or e-mail of the account that placed it. A code is sent there.";
    text_email: "填写订单号，以及下单账号的邮箱。验证码会发到那里。", "Enter the order's number, and the e-mail address of the account that placed it. A code is sent there.";
    text_phone: "填写订单号，以及订单上或下单账号的手机号。验证码会发到那里。", "Enter the order's number, and its phone number or that of the account that placed it. A code is sent there.";
    number: "订单号", "Order number";
    contact: "手机号或邮箱", "Phone or e-mail";
    contact_email: "邮箱", "E-mail";
    contact_phone: "手机号", "Phone";
    number_required: "请填写订单号", "Enter the order's number";
    contact_required: "请填写手机号或邮箱", "Enter a phone number or an e-mail address";
    contact_invalid: "请填写完整的手机号或邮箱", "Enter a whole phone number or e-mail address";
    only_email: "验证码只能发到邮箱，请填写下单账号的邮箱", "Codes go to e-mail addresses only. Enter that of the account";
    only_phone: "验证码只能发到手机，请填写手机号", "Codes go to phones only. Enter a phone number";
    ask: "获取验证码", "Send a code";
    code_title: "填写验证码", "Enter the code";
    code_text: "如果订单号和联系方式对得上，验证码已经发出，{n} 分钟内有效。几分钟后还没收到，请看看垃圾邮件，或检查填写的内容后重新获取。", "If number and contact belong together, a code is on its way, good for {n} minutes. If none has come after a few minutes, look into your spam, or check what you entered and ask again.";
    code: "验证码（6 位数字）", "Code (6 digits)";
    code_required: "请填写 6 位数字", "Enter the six digits";
    code_wrong: "验证码不对、已用过或已过期，请检查，或重新获取。", "The code is wrong, was used, or is too old. Check it, or ask for another.";
    see: "查看订单", "See the order";
    again: "重新获取验证码", "Send another code";
    again_in: "{n} 秒后可以重新获取", "You can ask for another in {n} s";
    again_sent: "已重新获取，请填写最新的验证码。", "Asked again. Enter the newest code.";
    change: "修改订单号或联系方式", "Change number or contact";
    no_code: "收不到验证码怎么办？", "What to do when no code arrives";
    too_many: "次数过多，请 {n} 分钟后再试，或登录查看。", "Too many times. Please try again in {n} minutes, or log in.";
    none_title: "这里不能凭验证码查订单", "Orders cannot be looked up with a code here";
    none_text: "店铺没有开通验证码的发送。请登录查看，或到帮助中心找到联系客服的方式。", "The shop does not send codes. Please log in, or find out in the help centre how to reach support.";
    help: "帮助中心", "Help centre";
    logged_in: "您已经登录。凭验证码查看订单，会退出这台设备上的登录。", "You are logged in. Seeing an order with a code logs you out on this device.";
    over_title: "查看时间到了", "This visit has ended";
    over_text: "凭验证码每次可以查看两小时。请重新获取验证码，或登录后继续。", "A code is good for two hours of looking. Ask for another, or log in to go on.";
    over_again: "重新获取验证码", "Ask for another code";
}
