//! Where demo orders go: cities and streets that are not on any map, telephones that nobody has.

use orders_domain::Address;

/// Lin's home.
pub fn home() -> Address {
    address(
        "林小满",
        "13800000001",
        "浙江省 云溪市 望湖区",
        "桂花路 18 号 3 幢 502 室",
    )
}

/// Lin's office.
pub fn office() -> Address {
    address(
        "林小满",
        "13800000001",
        "浙江省 云溪市 高新区",
        "星河大道 299 号 青橙大厦 12 层",
    )
}

/// Lin's parents.
pub fn parents() -> Address {
    address(
        "林国梁",
        "13800000012",
        "江苏省 临川市 南塘区",
        "梧桐里 7 号",
    )
}

/// Zhao's home.
pub fn zhao() -> Address {
    address(
        "赵一宁",
        "13800000002",
        "四川省 锦屏市 青羊湖区",
        "竹影巷 66 号 2 单元 1103",
    )
}

/// A telephone that ends too early.
pub fn home_with_a_short_phone() -> Address {
    Address {
        phone: "1380000".to_owned(),
        ..home()
    }
}

/// A district and a street that are missing.
pub fn without_street() -> Address {
    Address {
        region: "浙江省".to_owned(),
        street: String::new(),
        ..home()
    }
}

/// An address.
pub fn address(recipient: &str, phone: &str, region: &str, street: &str) -> Address {
    Address {
        recipient: recipient.to_owned(),
        phone: phone.to_owned(),
        region: region.to_owned(),
        street: street.to_owned(),
    }
}
