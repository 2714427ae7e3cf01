//! Notes.

crate::words::catalogue! {
    title: "内部备注", "Notes";
    none: "还没有备注。", "Nothing is noted yet.";
    field: "给同事的备注，买家看不到", "For colleagues; the shopper never sees it";
    add: "添加备注", "Add the note";
    keys: "Ctrl+Enter（Mac 上 ⌘+Enter）添加。备注不能修改或删除。", "Ctrl+Enter (⌘+Enter on a Mac) adds it. A note stays as it is.";
    missing: "请写几个字。", "Write a few words.";
    too_long: "最多 2000 字。", "At most 2000 characters.";
    added: "备注已添加", "The note is added";
    heard: "{who} 添加了备注：{text}", "{who} has noted: {text}";
    again: "重新加载", "Load again";
}
