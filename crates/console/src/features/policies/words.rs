//! Words of the policies.

crate::words::catalogue! {
    title: "政策", "Policies";
    of_shop: "{shop}的政策", "The policy of {shop}";
    version: "{version} 版", "Version {version}";
    versions: "版本", "Versions";
    state: "状态", "State";
    scheduled: "尚未生效", "Not in force yet";
    in_force: "现行", "In force";
    past: "已被取代", "Replaced";
    from: "生效时间", "In force from";
    published_by: "发布人", "Published by";
    by_file: "政策文件", "The policy file";
    why: "原因", "Why";
    draft_there: "有草稿", "There is a draft";
    draft_open: "打开草稿", "Open the draft";
    draft_begin: "起草新版本", "Draft a new version";
    draft_who: "由主管起草，由管理员发布。", "Supervisors draft, admins publish.";
    in_words: "买家看到的内容", "As shoppers read it";
    not_told_yet: "这个版本生效以后，买家才能看到。", "Shoppers see this version once its day has come.";
    as_written: "原文", "As it is written";
    rules_now: "所有订单按下单时的版本处理。", "Every order goes by the version that it was placed under.";

    draft_title: "{shop}：新版本草稿", "{shop}: draft of a new version";
    text: "草稿原文（TOML）", "The draft (TOML)";
    begun_from: "还没有草稿。下面是现行版本的原文，改好后保存。", "There is no draft yet. Below is the version in force; change it and save.";
    saved_by: "{who} 保存于 {time}", "Saved by {who}, {time}";
    unsaved: "有未保存的修改，已记在这个标签页里。", "Changed and not saved; this tab remembers it.";
    save: "保存草稿", "Save the draft";
    is_saved: "草稿已保存。", "The draft is saved.";
    discard: "丢弃草稿", "Throw the draft away";
    discard_title: "丢弃草稿？", "Throw the draft away?";
    discard_text: "草稿会被删除，现行政策不变。", "The draft is deleted. The policy in force stays as it is.";
    discard_yes: "丢弃", "Throw it away";
    keep: "先留着", "Keep it";
    discarded: "草稿已丢弃。", "The draft is thrown away.";
    gone: "草稿已被发布或丢弃。您写的内容还在，保存后成为新的草稿。", "The draft was published or thrown away meanwhile. What you wrote is still here; saved, it is a new draft.";

    mistake: "第一处错误", "The first mistake";
    mistake_line: "第 {line} 行：{key}", "Line {line}: {key}";
    no_mistake: "没有错误，可以发布。", "No mistakes: it can be published.";
    to_line: "转到这一行", "Go to that line";
    rules: "与现行版本的不同", "What differs from the version in force";
    rules_none: "与现行版本没有不同。", "Nothing differs from the version in force.";
    rule: "规则", "Rule";
    before: "现行", "In force";
    after: "草稿", "Draft";
    none: "无", "none";

    conflict_title: "{who} 刚刚也保存了草稿", "{who} has saved the draft, too";
    conflict_text: "您写的和对方保存的都在。请选择保留哪一份，或先把需要的内容抄过来。", "What you wrote and what they saved are both here. Choose one, or copy what you need first.";
    theirs: "对方保存的内容", "What they saved";
    take_theirs: "改用对方的", "Use theirs";
    keep_mine: "保留我的", "Keep mine";

    check: "用近期订单试算", "Check against recent orders";
    check_about: "看看这些天的订单如果按草稿处理，会有什么不同：只比较实际发生过的事。", "What would have been decided otherwise about what happened to the orders of these days under the draft.";
    days: "{n} 天", "{n} days";
    check_first: "请先保存没有错误的草稿。", "Save a draft without mistakes first.";
    checking: "正在试算…", "Checking…";
    check_orders: "试算了 {n} 个订单（近 {days} 天），{affected} 个会不同。", "{n} orders of {days} days were looked at; {affected} would differ.";
    check_newest: "订单较多，只试算了最新的这些。", "There are more; these are the newest.";
    check_same: "在能比较的规则上，这些订单都不会有不同。", "By the rules that can be compared, none of them would have been different.";
    check_silent: "这些改动没有试算，或不能完全试算，过去的订单说明不了它们的影响：", "These changed rules are not compared, or not wholly: past orders do not tell what they do.";
    check_old: "草稿之后又改过，请重新试算。", "The draft has changed since. Check again.";
    effect: "会怎样", "In which way";
    orders: "订单数", "Orders";
    examples: "例如", "For example";

    publish: "发布", "Publish";
    publish_title: "发布 {version} 版？", "Publish version {version}?";
    publish_about: "从 {day} 起，新下的订单按 {version} 版处理；之前的订单仍按下单时的版本。买家当天就能看到。版本一经发布不能修改。", "From {day} on, new orders are placed under version {version}. Orders there are keep theirs. Shoppers see it from that day on. A version never changes once it is published.";
    publish_admin: "由管理员发布。", "An admin publishes it.";
    publish_note: "发布的原因（同事会看到）", "Why it is published, for colleagues";
    publish_yes: "确认发布", "Yes, publish it";
    not_yet: "先不发布", "Not yet";
    note_missing: "请写明原因。", "Say why.";
    version_taken: "这个版本号已经发布过，请在原文里改一个新的 version。", "That version was published before. Give the text a new `version`.";
    since_wrong: "生效日 since 必须是今天或以后，请在原文里修改并保存。", "The first day (`since`) has to be today or later. Change it in the text and save.";
    draft_invalid: "草稿有错误，不能发布。", "The draft has a mistake and cannot be published.";
    draft_changed: "草稿刚刚被别人改过、发布或丢弃了，请重新载入。", "The draft was changed, published or thrown away by somebody else meanwhile. Load it again.";
}
