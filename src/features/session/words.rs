//! Words of logging in.

crate::words::catalogue! {
    title: "登录", "Log in";
    saying: "每一单，都有下文。", "Every order, followed through.";
    login: "手机号或邮箱", "Phone or e-mail";
    password: "密码", "Password";
    show_password: "显示密码", "Show password";
    submit: "登录", "Log in";
    guest: "不登录，查一张订单", "Look up one order without logging in";
    contact: "登录不了？联系客服", "Cannot log in? Contact support";
    login_required: "请填写手机号或邮箱", "Enter your phone number or e-mail address";
    password_required: "请填写密码", "Enter your password";
    wrong: "账号或密码不对，请再试一次。", "Login or password is wrong. Please try again.";
    too_many: "尝试次数过多，请稍后再试。", "Too many attempts. Please try again later.";
    expired_title: "请重新登录", "Please log in again";
    expired_text: "登录已过期。登录后会接着刚才的步骤，不会丢失填写的内容。", "Your session has ended. Log in to go on where you were; nothing you filled in is lost.";
    other_account: "换个账号", "Another account";
    continue_: "登录并继续", "Log in and go on";
}
