//! What the keys do.

super::catalogue! {
    title: "键盘快捷键", "Keys";
    search: "查找订单", "Find orders";
    this_list: "显示这个列表", "Show this list";
    next: "下一条", "Next";
    previous: "上一条", "Previous";
    open: "打开", "Open";
    act: "打开第几项操作", "Open the act of that number";
    back: "返回", "Go back";
    shut: "收起操作", "Close the act";
}
