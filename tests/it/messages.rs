//! Texts that people write, and the whole message with which each is refused: enough to mend the
//! text at once, for a reader who is no programmer.

use crate::support::refusal;
use bandwidth_cost::{DataRate, DataVolume, Percentile, Share};

/// The message with which a type refuses a text.
type Refusal = fn(&str) -> String;

/// What is read, the text, and the message.
const REFUSED: [(Refusal, &str, &str); 10] = [
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
];

#[test]
fn a_text_that_is_nearly_right_is_refused_with_what_to_write() {
    for (read, text, message) in REFUSED {
        assert_eq!(read(text), message, "`{text}`");
    }
}
