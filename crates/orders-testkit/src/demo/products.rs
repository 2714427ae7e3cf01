//! What the demo shops sell.

use orders_domain::LocalText;

use crate::line::{LineBuilder, line_of};

/// A product of a demo shop.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// The name of its picture in `public/products`, without `.svg`.
    pub picture: &'static str,
    /// Its title, Chinese and English.
    pub title: (&'static str, &'static str),
    /// Its variant, Chinese and English.
    pub variant: (&'static str, &'static str),
    /// The price of one, in fen.
    pub price: i64,
    /// A code, a top-up or a membership.
    pub digital: bool,
}

impl Product {
    /// So many of it, as a line.
    pub fn times(&self, quantity: u32) -> LineBuilder {
        let line = line_of(
            LocalText::new(self.title.0, self.title.1),
            quantity,
            self.price,
        )
        .variant(LocalText::new(self.variant.0, self.variant.1))
        .picture(&format!("/products/{}.svg", self.picture));
        if self.digital { line.digital() } else { line }
    }
}

const fn goods(
    picture: &'static str,
    title: (&'static str, &'static str),
    variant: (&'static str, &'static str),
    price: i64,
) -> Product {
    Product {
        picture,
        title,
        variant,
        price,
        digital: false,
    }
}

const fn code(
    picture: &'static str,
    title: (&'static str, &'static str),
    variant: (&'static str, &'static str),
    price: i64,
) -> Product {
    Product {
        picture,
        title,
        variant,
        price,
        digital: true,
    }
}

/// 茶具.
pub const TEA_SET: Product = goods(
    "tea-set",
    ("青釉开片功夫茶具套装", "Celadon Crackle-Glaze Tea Set"),
    ("一壶六杯 礼盒装", "Pot and six cups, gift box"),
    268_00,
);
/// 杯子.
pub const MUG: Product = goods(
    "mug",
    ("手作粗陶马克杯", "Handmade Stoneware Mug"),
    ("雾蓝 350 ml", "Mist blue, 350 ml"),
    39_00,
);
/// 耳机.
pub const HEADPHONES: Product = goods(
    "headphones",
    ("头戴式主动降噪耳机", "Noise-Cancelling Over-Ear Headphones"),
    ("石墨黑", "Graphite"),
    699_00,
);
/// 台灯.
pub const DESK_LAMP: Product = goods(
    "desk-lamp",
    ("无频闪护眼台灯", "Flicker-Free Desk Lamp"),
    ("暖白 三档调光", "Warm white, three levels"),
    159_00,
);
/// 跑鞋.
pub const RUNNING_SHOES: Product = goods(
    "running-shoes",
    ("轻量缓震跑鞋", "Lightweight Cushioned Running Shoes"),
    ("灰绿 42 码", "Sage, EU 42"),
    459_00,
);
/// 背包.
pub const BACKPACK: Product = goods(
    "backpack",
    ("城市通勤双肩包", "City Commuter Backpack"),
    ("藏青 20 L", "Navy, 20 L"),
    219_00,
);
/// 围巾.
pub const SCARF: Product = goods(
    "scarf",
    ("山羊绒素色围巾", "Plain Cashmere Scarf"),
    ("燕麦色", "Oatmeal"),
    329_00,
);
/// 笔记本.
pub const NOTEBOOK: Product = goods(
    "notebook",
    ("布面精装横线笔记本", "Cloth-Bound Ruled Notebook"),
    ("A5 192 页", "A5, 192 pages"),
    28_80,
);
/// 保温杯.
pub const WATER_BOTTLE: Product = goods(
    "water-bottle",
    ("316 不锈钢保温杯", "Insulated Steel Bottle"),
    ("松石绿 500 ml", "Turquoise, 500 ml"),
    89_00,
);
/// 刻字保温杯, made to order.
pub const ENGRAVED_BOTTLE: Product = goods(
    "water-bottle",
    ("刻字定制保温杯", "Engraved Bottle, Made to Order"),
    ("刻字：平安喜乐", "Engraving: 平安喜乐"),
    119_00,
);
/// 键盘.
pub const KEYBOARD: Product = goods(
    "keyboard",
    ("87 键热插拔机械键盘", "87-Key Hot-Swap Mechanical Keyboard"),
    ("茶轴 云白", "Brown switches, cloud white"),
    399_00,
);
/// 桌游.
pub const BOARD_GAME: Product = goods(
    "board-game",
    ("桌游《茶马古道》", "Board Game: The Tea-Horse Road"),
    ("标准版 2–5 人", "Standard edition, 2–5 players"),
    188_00,
);
/// 桌游, sold before it is printed.
pub const BOARD_GAME_PRESALE: Product = goods(
    "board-game",
    (
        "桌游《星港》典藏版（预售）",
        "Board Game: Star Harbour, Collector's Edition (Presale)",
    ),
    ("中文典藏版", "Chinese collector's edition"),
    328_00,
);
/// 坚果.
pub const NUT_BOX: Product = goods(
    "nut-box",
    ("每日坚果礼盒", "Daily Nuts Gift Box"),
    ("30 包 750 g", "30 packs, 750 g"),
    128_00,
);
/// 点卡.
pub const GAME_CARD: Product = code(
    "game-card",
    ("《山海行纪》游戏点卡", "Shanhai Journey Game Card"),
    ("600 点 电信一区", "600 points, Telecom Zone 1"),
    60_00,
);
/// 月卡.
pub const GAME_PASS: Product = code(
    "game-card",
    ("《山海行纪》畅玩月卡", "Shanhai Journey Monthly Pass"),
    ("30 天", "30 days"),
    30_00,
);
/// 话费.
pub const PHONE_TOPUP: Product = code(
    "phone-topup",
    ("手机话费充值", "Mobile Phone Top-up"),
    ("面值 100 元", "Face value ¥100"),
    99_80,
);
/// 视频会员.
pub const VIDEO_MEMBERSHIP: Product = code(
    "video-membership",
    ("星河视频会员 季卡", "Xinghe Video Membership, Three Months"),
    ("手机与电视通用", "Phone and television"),
    68_00,
);
/// 音乐会员.
pub const MUSIC_MEMBERSHIP: Product = code(
    "music-membership",
    ("听潮音乐会员 年卡", "Tingchao Music Membership, One Year"),
    ("无损音质", "Lossless"),
    128_00,
);

/// What `tepai` sells.
pub const TEPAI: [&Product; 12] = [
    &TEA_SET,
    &MUG,
    &HEADPHONES,
    &DESK_LAMP,
    &RUNNING_SHOES,
    &BACKPACK,
    &SCARF,
    &NOTEBOOK,
    &WATER_BOTTLE,
    &KEYBOARD,
    &BOARD_GAME,
    &NUT_BOX,
];

/// What `wanfu` issues.
pub const WANFU: [&Product; 5] = [
    &GAME_CARD,
    &GAME_PASS,
    &PHONE_TOPUP,
    &VIDEO_MEMBERSHIP,
    &MUSIC_MEMBERSHIP,
];

/// Every product.
pub fn all() -> impl Iterator<Item = &'static Product> {
    TEPAI
        .into_iter()
        .chain(WANFU)
        .chain([&ENGRAVED_BOTTLE, &BOARD_GAME_PRESALE])
}
