//! Logging in.

crate::words::catalogue! {
    title: "登录客服台", "Log in to the console";
    again: "请重新登录", "Log in again";
    again_why: "登录已过期。登录后继续，您填写的内容都在。", "Your session is over. Log in and go on; what you typed is still here.";
    login: "工号", "Staff id";
    password: "密码", "Password";
    code: "动态验证码", "Authenticator code";
    code_hint: "验证器应用里的 6 位数字，每个只能用一次", "The six digits in your authenticator app; each works once";
    submit: "登录", "Log in";
    wrong: "工号、密码或验证码不正确。验证码用过一次就失效，请等下一个。", "Id, password or code is wrong. A code works only once: wait for the next one.";
    wait: "尝试次数太多，请在 {n} 秒后再试。", "Too many attempts. Try again in {n} seconds.";
    shoppers: "您是买家？请到我的订单。", "A shopper? Your orders are here.";
}
