//! Texts that people write, and the whole message with which each is refused. A reader who does not
//! program must be able to mend the text at once.

use crate::support::refusal;
use bandwidth_cost::{DataRate, DataVolume, ExchangeRate, Money, Percentile, Share, VolumePrice};

/// The message with which a type refuses a text.
type Refusal = fn(&str) -> String;

/// The type that is read, the text, and the message.
const REFUSED: [(Refusal, &str, &str); 21] = [
    (
        refusal::<DataVolume>,
        "10 mb",
        "ambiguous unit `mb` at byte 3: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
    ),
    (
        refusal::<DataVolume>,
        "5 K",
        "ambiguous unit `K` at byte 2: expected kB (1000 bytes) or KiB (1024 bytes)",
    ),
    (
        refusal::<DataVolume>,
        "1.5",
        "missing unit at byte 3: expected a unit such as MB, GiB or Mbit",
    ),
    (
        refusal::<DataRate>,
        "40 MBPS",
        "ambiguous unit `MBPS` at byte 3: expected Mbps (bits) or MB/s (bytes)",
    ),
    (
        refusal::<DataRate>,
        "5 TB",
        "unknown unit `TB` at byte 2: expected Tbps (bits) or TB/s (bytes)",
    ),
    (
        refusal::<DataRate>,
        "10 Gbps sustained",
        "unexpected `sustained` at byte 8: expected one number and one unit",
    ),
    (refusal::<Share>, "70", "missing `%` at byte 2: expected a share such as 70% or 15/31"),
    (refusal::<Share>, "120%", "`120%` is too large for a share: expected at most 100%"),
    (
        refusal::<Percentile>,
        "95",
        "missing `th percentile` at byte 2: expected a percentile such as 95th percentile, or 95th \
         percentile by rounded rank",
    ),
    (
        refusal::<Percentile>,
        "p95",
        "unexpected `p95` at byte 0: expected a percentile such as 95th percentile, or 95th \
         percentile by rounded rank",
    ),
    (refusal::<Money>, "250 usd", "unknown currency `usd` at byte 4: expected USD, in capitals"),
    (
        refusal::<Money>,
        "1,000 USD",
        "unexpected `,000` at byte 1: expected the digits without separators, and one point before the decimals",
    ),
    (
        refusal::<Money>,
        "$250",
        "unexpected `$250` at byte 0: expected a code after the amount, such as 250 USD, because `$` is several currencies",
    ),
    (
        refusal::<Money>,
        "Rs. 500",
        "unexpected `Rs.` at byte 0: expected a code after the amount, such as 500 PKR or 500 INR",
    ),
    (
        refusal::<Money>,
        "USD 250",
        "unexpected `USD` at byte 0: expected the amount first, such as 250 USD",
    ),
    (refusal::<Money>, "250", "missing currency at byte 3: expected an ISO 4217 code such as USD"),
    (
        refusal::<VolumePrice>,
        "$1/MB",
        "unexpected `$1/MB` at byte 0: expected a code after the amount, such as 1 USD/MB, because `$` is several currencies",
    ),
    (
        refusal::<VolumePrice>,
        "1 USD",
        "missing ` per ` at byte 5: expected a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min",
    ),
    (
        refusal::<ExchangeRate>,
        "278.55",
        "missing currencies at byte 6: expected an exchange rate such as 1 USD = 278.55 PKR",
    ),
    (
        refusal::<ExchangeRate>,
        "USD/PKR 278.55",
        "unexpected `USD/PKR` at byte 0: expected an exchange rate such as 1 USD = 278.55 PKR",
    ),
    (
        refusal::<ExchangeRate>,
        "1 USD = 278,55 PKR",
        "unexpected `,55` at byte 11: expected the digits without separators, and one point before the decimals",
    ),
];

#[test]
fn a_text_that_is_nearly_right_is_refused_with_what_to_write() {
    for (read, text, message) in REFUSED {
        assert_eq!(read(text), message, "`{text}`");
    }
}

/// Keys on a card beside a name, a measure and a price, and the whole message.
#[cfg(feature = "toml")]
const REFUSED_CARDS: [(&str, &str); 6] = [
    (
        "commit = \"1 Gbps\"",
        "line 5: can't read `commit = \"1 Gbps\"`: unknown key `commit`: write `commitment`",
    ),
    (
        "fixed_fee = \"-200 USD\"",
        "tariff `transit`, `fixed_fee`: a fixed fee can't be -200 USD: write an amount of zero or more, \
         and a credit as an adjustment",
    ),
    (
        "fixed_fee = \"100 PKR\"",
        "tariff `transit`, `fixed_fee`: 100 PKR beside a price in USD: write one currency in each tariff, \
         and give the other amount a tariff of its own",
    ),
    (
        "minimum = \"$5\"",
        "tariff `transit`, `minimum`: unexpected `$5` at byte 0: expected a code after the amount, such \
         as 250 USD, because `$` is several currencies",
    ),
    (
        "allowance = \"1 GB\"",
        "tariff `transit`, `allowance`: `1 GB` is a volume, but a rate is measured: write one such as 1 \
         Mbps",
    ),
    (
        "graduated = []",
        "tariff `transit`: `price` and `graduated`: write one of `price`, `graduated` and `all_units`",
    ),
];

#[cfg(feature = "toml")]
#[test]
fn a_key_that_is_nearly_right_is_refused_with_what_to_write() {
    let refused = |card: &str| {
        let card = bandwidth_cost::RateCard::from_toml(card, &std::collections::BTreeMap::new());
        card.unwrap_err().to_string()
    };
    let tariff = "[[tariff]]\nname = \"transit\"\nmeasure = \"95th percentile\"";
    let price = "price = \"0.80 USD per 1 Mbps\"";
    for (keys, message) in REFUSED_CARDS {
        assert_eq!(refused(&format!("{tariff}\n{price}\n{keys}")), message, "`{keys}`");
    }
    assert_eq!(
        refused(&format!("[tariff]\nname = \"transit\"\nmeasure = \"peak rate\"\n{price}")),
        "line 1: can't read `[tariff]`: write `[[tariff]]`, once above each tariff",
    );
    assert_eq!(
        refused(&format!("time_zone = \"PKT\"\n{tariff}\n{price}")),
        "`time_zone`: invalid time zone `PKT`: expected a time zone such as Asia/Karachi",
    );
    assert_eq!(
        refused(&format!("{tariff}\nprice = \"1 USD per 1 MB\"")),
        "tariff `transit`, `price`: `1 USD per 1 MB` is per volume, but a rate is measured: write a \
         price such as 0.80 USD per 1 Mbps; it is per billing period",
    );
}

#[cfg(feature = "csv")]
#[test]
fn a_file_of_samples_that_no_layout_fits_is_refused_with_what_to_check() {
    let refused = |file: &str| {
        let read =
            bandwidth_cost::CsvLayout::new().read(file.as_bytes(), bandwidth_cost::GapPolicy::Fail);
        read.unwrap_err().to_string()
    };
    assert_eq!(
        refused("time;rate\n2025-01-01T00:00:00Z;80 Mbps\n"),
        "expected a column `time` in the header `time;rate`, which is one cell: is the separator `;`? \
         call separator(b';')",
    );
    assert_eq!(refused(""), "the file is empty: check that it was written");
}
