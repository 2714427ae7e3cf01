//! What the keys do.

super::catalogue! {
    title: "键盘快捷键", "Keys";
    search: "查找订单", "Find orders";
    this_list: "显示这个列表", "Show this list";
    next: "下一条", "Next";
    previous: "上一条", "Previous";
    open: "打开", "Open";
    act: "打开第几项操作", "Open the act of that number";
    note: "写备注", "Write a note";
    back: "返回", "Go back";
    letters: "启用单字符快捷键（字母、数字、符号）", "Keys of one character (letters, digits, signs)";
    letters_hint: "关闭后，只有 Enter、Esc、方向键和带 Alt 的组合键起作用。只在这台设备上记住。", "When they are off, only Enter, Esc, the arrows and those with Alt work. This is kept on this device.";
    shut: "收起操作", "Close the act";
}
