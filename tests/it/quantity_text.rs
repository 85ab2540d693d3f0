//! The texts from which quantities are read, the texts that are refused, and those that are
//! written.

use crate::support::refusal;
use bandwidth_cost::{AnyQuantity, DataRate, DataVolume, RateUnit, Share, VolumeUnit};

#[track_caller]
fn volume(text: &str) -> DataVolume {
    text.parse().unwrap()
}

#[track_caller]
fn rate(text: &str) -> DataRate {
    text.parse().unwrap()
}

fn volume_err(text: &str) -> String {
    refusal::<DataVolume>(text)
}

fn rate_err(text: &str) -> String {
    refusal::<DataRate>(text)
}

fn share_err(text: &str) -> String {
    refusal::<Share>(text)
}

#[test]
fn each_unit_of_volume_is_read_as_its_size() {
    let bits = |power: u32| DataVolume::from_bits(10_u64.pow(power));
    let bytes = |power: u32| DataVolume::from_bytes(10_u64.pow(power));
    let binary = |power: u32| DataVolume::from_bytes(1 << power);
    let binary_bits = |power: u32| DataVolume::from_bits(1 << power);
    let units = [
        ("b", bits(0)),
        ("kb", bits(3)),
        ("Mb", bits(6)),
        ("Gb", bits(9)),
        ("Tb", bits(12)),
        ("Pb", bits(15)),
        ("bit", bits(0)),
        ("kbit", bits(3)),
        ("Mbit", bits(6)),
        ("Gbit", bits(9)),
        ("Tbit", bits(12)),
        ("Pbit", bits(15)),
        ("Kib", binary_bits(10)),
        ("Mib", binary_bits(20)),
        ("Gib", binary_bits(30)),
        ("Tib", binary_bits(40)),
        ("Pib", binary_bits(50)),
        ("B", bytes(0)),
        ("kB", bytes(3)),
        ("MB", bytes(6)),
        ("GB", bytes(9)),
        ("TB", bytes(12)),
        ("PB", bytes(15)),
        ("EB", bytes(18)),
        ("KiB", binary(10)),
        ("MiB", binary(20)),
        ("GiB", binary(30)),
        ("TiB", binary(40)),
        ("PiB", binary(50)),
        ("EiB", binary(60)),
    ];
    for (unit, size) in units {
        assert_eq!(volume(&format!("1 {unit}")), size, "{unit}");
        assert_eq!(volume(&format!("3{unit}")), size * 3, "{unit} without a space");
        let symbol = unit.parse::<VolumeUnit>().unwrap().symbol();
        assert_eq!(volume(&format!("1 {symbol}")), size, "{unit} by its symbol");
    }
}

#[test]
fn each_unit_of_rate_is_read_as_its_size() {
    let bps = |power: u32| DataRate::from_bps(10_u64.pow(power));
    let units = [
        ("bps kbps Mbps Gbps Tbps Pbps", 1),
        ("bps kbps mbps gbps tbps pbps", 1),
        ("b/s kb/s Mb/s Gb/s Tb/s Pb/s", 1),
        ("bit/s kbit/s Mbit/s Gbit/s Tbit/s Pbit/s", 1),
        ("B/s kB/s MB/s GB/s TB/s PB/s EB/s", 8),
    ];
    for (family, bits) in units {
        for (unit, power) in family.split(' ').zip((0..).step_by(3)) {
            let size = DataRate::from_bps(bps(power).as_bps() * bits);
            assert_eq!(rate(&format!("1 {unit}")), size, "{unit}");
        }
    }
    assert_eq!(rate("3 MiB/s"), DataRate::from_bps((3 * 8) << 20));
    assert_eq!(rate("1 Kib/s"), DataRate::from_bps(1024));
    for unit in ["bps", "kbps", "Mbps", "Gbps", "Tbps", "Pbps"] {
        assert_eq!(unit.parse::<RateUnit>().unwrap().to_string(), unit);
    }
}

#[test]
fn decimals_are_exact_to_the_last_place() {
    assert_eq!(volume("1.5 TB"), DataVolume::from_gigabytes(1_500));
    assert_eq!(volume("0.001 kB"), DataVolume::from_bytes(1));
    assert_eq!(volume("1.001 kB"), DataVolume::from_bytes(1_001));
    assert_eq!(volume("0.125 B"), DataVolume::from_bits(1));
    assert_eq!(volume("0.000000001 b"), DataVolume::from_nanobits(1));
    assert_eq!(volume("0.000000000125 B"), DataVolume::from_nanobits(1));
    // 2^-20 MiB is a byte: twenty decimals, none of them too many.
    assert_eq!(volume("0.00000095367431640625 MiB"), DataVolume::from_bytes(1));
    assert_eq!(volume("1.00000000000000000000000000000000000000000000 MB"), volume("1 MB"));
    assert_eq!(volume("007 MB"), volume("7 MB"));
    assert_eq!(rate("1.5 Tbps"), DataRate::from_gbps(1_500));
    assert_eq!(rate("1.0005 Mbps"), DataRate::from_bps(1_000_500));
    assert_eq!(rate("0.125 B/s"), DataRate::from_bps(1));
    assert_eq!(rate("18446744073709551615 bps"), DataRate::MAX);
    assert_eq!(volume("42535295865.117307932921825928971026431875 EB"), DataVolume::MAX);
}

#[test]
fn units_that_mean_two_things_are_refused() {
    let mega = "expected MB (megabytes), Mb (megabits) or MiB (mebibytes)";
    let giga = "expected GB (gigabytes), Gb (gigabits) or GiB (gibibytes)";
    for unit in ["mb", "mB", "M", "m"] {
        assert_eq!(
            volume_err(&format!("10 {unit}")),
            format!("ambiguous unit `{unit}` at byte 3: {mega}"),
        );
    }
    for unit in ["gb", "gB", "G"] {
        assert_eq!(
            volume_err(&format!("10{unit}")),
            format!("ambiguous unit `{unit}` at byte 2: {giga}"),
        );
    }
    for unit in ["KB", "K", "k"] {
        assert_eq!(
            volume_err(&format!("10 {unit}")),
            format!(
                "ambiguous unit `{unit}` at byte 3: expected kB (1000 bytes) or KiB (1024 bytes)"
            ),
        );
    }
    assert_eq!(
        volume_err("10 Kb"),
        "ambiguous unit `Kb` at byte 3: expected kb (1000 bits) or Kib (1024 bits)",
    );
    assert_eq!(
        volume_err("10 kib"),
        "ambiguous unit `kib` at byte 3: expected KiB (kibibytes) or Kib (kibibits)",
    );
    assert_eq!(
        volume_err("10 mib"),
        "ambiguous unit `mib` at byte 3: expected MiB (mebibytes) or Mib (mebibits)",
    );
    assert_eq!(
        volume_err("1 e"),
        "ambiguous unit `e` at byte 2: expected EB (exabytes) or EiB (exbibytes)",
    );
    for unit in ["MBPS", "MBps", "mbPS", "Mbs", "Mb", "mb/s", "M", "MB", "Mps"] {
        let error = rate_err(&format!("10 {unit}"));
        let rest = format!("`{unit}` at byte 3: expected Mbps (bits) or MB/s (bytes)");
        assert!(
            error == format!("ambiguous unit {rest}") || error == format!("unknown unit {rest}"),
            "{error}",
        );
    }
    assert_eq!(
        rate_err("10 GBPS"),
        "ambiguous unit `GBPS` at byte 3: expected Gbps (bits) or GB/s (bytes)",
    );
    assert_eq!(
        rate_err("10 KBPS"),
        "ambiguous unit `KBPS` at byte 3: expected kbps (bits) or kB/s (bytes)",
    );
}

#[test]
fn what_can_only_be_a_rate_is_refused_as_one_where_either_quantity_is_read() {
    for text in ["40 MBPS", "10 Mbs", "0.5 bps", "18447 Pbps", "40 Gbps x"] {
        assert_eq!(refusal::<AnyQuantity>(text), rate_err(text));
    }
    for text in ["40 mb", "40", "1,000 MB", "0.0000000001 b", "40 furlongs", ""] {
        assert_eq!(refusal::<AnyQuantity>(text), volume_err(text));
    }
}

#[test]
fn units_of_something_else_are_refused() {
    assert_eq!(
        volume_err("10 Mbs"),
        "unknown unit `Mbs` at byte 3: expected a volume such as MB or Mb: a rate carries one only \
         over a time",
    );
    assert_eq!(volume_err("10 gbit"), "unknown unit `gbit` at byte 3: expected Gbit or Gb");
    assert_eq!(
        volume_err("1/3 GB"),
        "unexpected `/3` at byte 1: expected a decimal, not a fraction"
    );
    assert_eq!(rate_err("10 gbit/s"), "unknown unit `gbit/s` at byte 3: expected Gbit/s or Gbps");
    for unit in ["BPS", "Bps", "Bs"] {
        assert_eq!(
            rate_err(&format!("10 {unit}")),
            format!("ambiguous unit `{unit}` at byte 3: expected bps (bits) or B/s (bytes)"),
        );
    }
    for (unit, error) in [
        (
            "".parse::<VolumeUnit>().map(|_| ()),
            "missing unit at byte 0: expected a unit such as MB, GiB or Mbit",
        ),
        (
            "".parse::<RateUnit>().map(|_| ()),
            "missing unit at byte 0: expected a unit such as Mbps, Mbit/s or MB/s",
        ),
    ] {
        assert_eq!(unit.unwrap_err().to_string(), error);
    }
    assert_eq!(
        volume_err("10 Mbps"),
        "unknown unit `Mbps` at byte 3: expected a volume such as MB or Mb: a rate carries one only \
         over a time",
    );
    assert_eq!(
        volume_err("10 parsec"),
        "unknown unit `parsec` at byte 3: expected a unit such as MB, GiB or Mbit",
    );
    assert_eq!(
        volume_err("10 ZB"),
        "unknown unit `ZB` at byte 3: expected a unit such as MB, GiB or Mbit",
    );
    assert_eq!(
        rate_err("10 parsec"),
        "unknown unit `parsec` at byte 3: expected a unit such as Mbps, Mbit/s or MB/s",
    );
    assert_eq!(rate_err("10 B"), "unknown unit `B` at byte 3: expected bps (bits) or B/s (bytes)",);
    assert_eq!(
        rate_err("10 EB"),
        "unknown unit `EB` at byte 3: expected a unit such as Mbps, Mbit/s or MB/s",
    );
    assert_eq!(
        "mbps".parse::<VolumeUnit>().unwrap_err().to_string(),
        "unknown unit `mbps` at byte 0: expected a volume such as MB or Mb: a rate carries one only \
         over a time",
    );
    assert_eq!(
        "MB/s".parse::<RateUnit>().unwrap_err().to_string(),
        "unknown unit `MB/s` at byte 0: expected bps, kbps, Mbps, Gbps, Tbps or Pbps",
    );
    assert_eq!("Mbit/s".parse::<RateUnit>().unwrap(), RateUnit::Mbps);
}

#[test]
fn a_number_and_a_unit_and_nothing_else() {
    assert_eq!(
        volume_err(""),
        "missing number at byte 0: expected a number and a unit, such as 250 MB",
    );
    assert_eq!(
        rate_err(""),
        "missing number at byte 0: expected a number and a unit, such as 40 Gbps",
    );
    assert_eq!(volume_err("10"), "missing unit at byte 2: expected a unit such as MB, GiB or Mbit",);
    assert_eq!(
        volume_err("10 "),
        "missing unit at byte 3: expected a unit such as MB, GiB or Mbit",
    );
    assert_eq!(
        rate_err("10"),
        "missing unit at byte 2: expected a unit such as Mbps, Mbit/s or MB/s",
    );
    assert_eq!(
        volume_err("MB"),
        "unexpected `MB` at byte 0: expected a number and a unit, such as 250 MB",
    );
    assert_eq!(
        volume_err("10 MB MB"),
        "unexpected `MB` at byte 6: expected one number and one unit",
    );
    assert_eq!(rate_err("10 Mbps 3"), "unexpected `3` at byte 8: expected one number and one unit",);
    assert_eq!(volume_err("10 MB "), "unexpected ` ` at byte 5: expected one number and one unit");
    assert_eq!(
        volume_err(" 10 MB"),
        "unexpected ` ` at byte 0: expected a number and a unit, such as 250 MB",
    );
    assert_eq!(
        volume_err("10  MB"),
        "unexpected ` ` at byte 3: expected a unit such as MB, GiB or Mbit",
    );
    assert_eq!(
        volume_err("10\tMB"),
        "unexpected `\t` at byte 2: expected a unit such as MB, GiB or Mbit",
    );
}

#[test]
fn numbers_are_plain_ascii_digits() {
    let sign = "expected the number without a sign";
    assert_eq!(volume_err("-1 MB"), format!("unexpected `-1` at byte 0: {sign}"));
    assert_eq!(volume_err("+1 MB"), format!("unexpected `+1` at byte 0: {sign}"));
    assert_eq!(rate_err("-1 Mbps"), format!("unexpected `-1` at byte 0: {sign}"));
    assert_eq!(rate_err("\u{2212}1 Mbps"), format!("unexpected `\u{2212}1` at byte 0: {sign}"));
    let exponent = "expected all the digits, without an exponent";
    assert_eq!(volume_err("1e3 MB"), format!("unexpected `e3` at byte 1: {exponent}"));
    assert_eq!(volume_err("1.5E+3 MB"), format!("unexpected `E+3` at byte 3: {exponent}"));
    assert_eq!(rate_err("1e-3 Mbps"), format!("unexpected `e-3` at byte 1: {exponent}"));
    let separators = "expected the digits without separators, and one point before the decimals";
    assert_eq!(volume_err("1_000 MB"), format!("unexpected `_000` at byte 1: {separators}"));
    assert_eq!(volume_err("1,000 MB"), format!("unexpected `,000` at byte 1: {separators}"));
    assert_eq!(volume_err("1'000 MB"), format!("unexpected `'000` at byte 1: {separators}"));
    assert_eq!(volume_err("1.2.3 MB"), format!("unexpected `.3` at byte 3: {separators}"));
    assert_eq!(rate_err("1,5 Mbps"), format!("unexpected `,5` at byte 1: {separators}"));
    assert_eq!(volume_err(".5 MB"), "unexpected `.5` at byte 0: expected a digit before the point",);
    assert_eq!(volume_err("5. MB"), "unexpected `.` at byte 1: expected a digit after the point");
    for text in ["NaN MB", "inf MB", "x MB"] {
        let word = text.strip_suffix(" MB").unwrap();
        assert_eq!(
            volume_err(text),
            format!("unexpected `{word}` at byte 0: expected a number and a unit, such as 250 MB"),
        );
    }
    assert_eq!(volume_err("１ MB"), "unexpected `１` at byte 0: expected the digits 0 to 9");
    assert_eq!(volume_err("1٢ MB"), "unexpected `٢` at byte 1: expected the digits 0 to 9");
    assert_eq!(rate_err("½ Mbps"), "unexpected `½` at byte 0: expected the digits 0 to 9");
}

#[test]
fn what_does_not_fit_is_an_error_and_never_rounded() {
    assert_eq!(
        volume_err("42535295866 EB"),
        "`42535295866 EB` is too large for a data volume: expected at most \
         42535295865.117307932921825928971026431875 EB",
    );
    assert_eq!(
        volume_err("42535295865.117307932921825928971026432000 EB"),
        "`42535295865.1173079329218259289710264320…` is too large for a data volume: expected at most \
         42535295865.117307932921825928971026431875 EB",
    );
    assert_eq!(
        rate_err("18446744073709551616 bps"),
        "`18446744073709551616 bps` is too large for a data rate: expected at most \
         18446.744073709551615 Pbps",
    );
    assert_eq!(
        rate_err("3 EB/s"),
        "`3 EB/s` is too large for a data rate: expected at most 18446.744073709551615 Pbps",
    );
    assert_eq!(
        volume_err("0.0000000001 b"),
        "`0.0000000001 b` is too precise for a data volume: expected a multiple of 0.000000001 b",
    );
    assert_eq!(
        rate_err("1.0005 kbps"),
        "`1.0005 kbps` is too precise for a data rate: expected whole bits per second",
    );
    let nines = "9".repeat(400);
    assert_eq!(
        volume_err(&format!("{nines} MB")),
        format!(
            "`{}…` is too large for a data volume: expected at most \
             42535295865.117307932921825928971026431875 EB",
            "9".repeat(40),
        ),
    );
    assert_eq!(
        rate_err(&format!("0.{nines} Mbps")),
        format!(
            "`0.{}…` is too precise for a data rate: expected whole bits per second",
            "9".repeat(38),
        ),
    );
}

#[test]
fn a_volume_is_written_in_its_largest_unit() {
    let written = |volume: DataVolume| volume.to_string();
    assert_eq!(written(DataVolume::ZERO), "0 B");
    assert_eq!(written(DataVolume::from_bits(1)), "0.125 B");
    assert_eq!(written(DataVolume::from_nanobits(1)), "0.000000000125 B");
    assert_eq!(written(DataVolume::from_bytes(999)), "999 B");
    assert_eq!(written(DataVolume::from_bytes(1_000)), "1 kB");
    assert_eq!(written(DataVolume::from_bytes(1_234_567)), "1.234567 MB");
    assert_eq!(written(DataVolume::from_gigabytes(7_500)), "7.5 TB");
    assert_eq!(written(DataVolume::from_petabytes(1_000)), "1 EB");
    assert_eq!(format!("{:?}", DataVolume::from_gigabytes(7_500)), "7.5 TB");
}

#[test]
fn a_rate_is_written_in_its_largest_unit() {
    let written = |rate: DataRate| rate.to_string();
    assert_eq!(written(DataRate::ZERO), "0 bps");
    assert_eq!(written(DataRate::from_bps(999)), "999 bps");
    assert_eq!(written(DataRate::from_bps(1_500)), "1.5 kbps");
    assert_eq!(written(DataRate::from_gbps(815)), "815 Gbps");
    assert_eq!(written(DataRate::MAX), "18446.744073709551615 Pbps");
    assert_eq!(format!("{:?}", DataRate::from_gbps(815)), "815 Gbps");
}

#[test]
fn formatting_honours_precision_width_sign_and_grouping() {
    let volume = DataVolume::from_bytes(1_234_567);
    assert_eq!(format!("{volume:.2}"), "1.23 MB");
    assert_eq!(format!("{volume:.0}"), "1 MB");
    assert_eq!(format!("{volume:.8}"), "1.23456700 MB");
    assert_eq!(format!("{:.1}", DataVolume::from_bytes(1_250_000)), "1.2 MB"); // half to even
    assert_eq!(format!("{:.1}", DataVolume::from_bytes(1_350_000)), "1.4 MB");
    assert_eq!(format!("[{volume:>16}]"), "[     1.234567 MB]");
    assert_eq!(format!("[{volume:16}]"), "[     1.234567 MB]");
    assert_eq!(format!("[{volume:<16}]"), "[1.234567 MB     ]");
    assert_eq!(format!("[{volume:*^17}]"), "[***1.234567 MB***]");
    assert_eq!(format!("[{volume:>12.1}]"), "[      1.2 MB]");
    assert_eq!(format!("{volume:+}"), "+1.234567 MB");
    assert_eq!(format!("{:#}", volume.display_in(VolumeUnit::Byte)), "1,234,567 B");
    assert_eq!(format!("{:#.1}", volume.display_in(VolumeUnit::Kilobyte)), "1,234.6 kB");
    assert_eq!(
        format!("{:#}", DataRate::from_gbps(815).display_in(RateUnit::Bps)),
        "815,000,000,000 bps"
    );
    assert_eq!(format!("{:#}", DataRate::from_gbps(815)), "815 Gbps");
    assert_eq!(
        format!("{:.40}", DataVolume::MAX.display_in(VolumeUnit::Bit)).len(),
        30 + 1 + 40 + 2
    );
}

#[test]
fn shares_are_percentages_or_fractions() {
    let share = |text: &str| text.parse::<Share>().unwrap();
    assert_eq!(share("70%"), Share::from_percent(70));
    assert_eq!(share("12.5%"), Share::new(1, 8).unwrap());
    assert_eq!(share("0%"), Share::ZERO);
    assert_eq!(share("100.000%"), Share::ONE);
    assert_eq!(share("15/31"), Share::new(15, 31).unwrap());
    assert_eq!(share("62/124").to_string(), "50%");
    assert_eq!(Share::new(1, 8).unwrap().to_string(), "12.5%");
    assert_eq!(Share::new(1, 3).unwrap().to_string(), "1/3");
    assert_eq!(Share::new(1, 1 << 63).unwrap().to_string(), "1/9223372036854775808");
    assert_eq!(format!("{:.1}", Share::new(15, 31).unwrap()), "48.4%");
    assert_eq!(format!("[{:>6}] [{:<6}]", share("70%"), share("1/3")), "[   70%] [1/3   ]");
    assert_eq!(format!("{:?}", share("70%")), "70%");
}

#[test]
fn texts_that_are_not_shares_are_refused() {
    let example = "expected a share such as 70% or 15/31";
    assert_eq!(share_err("0.7"), format!("missing `%` at byte 3: {example}"));
    assert_eq!(share_err("1"), format!("missing `%` at byte 1: {example}"));
    assert_eq!(share_err(""), format!("missing number at byte 0: {example}"));
    assert_eq!(share_err("70 %"), format!("unexpected `%` at byte 3: {example}"));
    assert_eq!(share_err("0.5/1"), format!("unexpected `/1` at byte 3: {example}"));
    assert_eq!(share_err("1/"), format!("missing number at byte 2: {example}"));
    assert_eq!(share_err("70%%"), "unexpected `%` at byte 3: expected one share");
    assert_eq!(share_err("-1%"), "unexpected `-1%` at byte 0: expected the number without a sign");
    assert_eq!(share_err("101%"), "`101%` is too large for a share: expected at most 100%");
    assert_eq!(
        share_err("100.0001%"),
        "`100.0001%` is too large for a share: expected at most 100%"
    );
    assert_eq!(share_err("31/30"), "`31/30` is too large for a share: expected at most 100%");
    assert_eq!(
        share_err("1/0"),
        "unexpected `0` at byte 2: expected a number above zero below the line"
    );
    let precise = "is too precise for a share: expected a ratio of two 64-bit numbers";
    assert_eq!(
        share_err("33.333333333333333333333%"),
        format!("`33.333333333333333333333%` {precise}"),
    );
    assert_eq!(share_err("1/18446744073709551616"), format!("`1/18446744073709551616` {precise}"),);
    assert_eq!(share_err("1/1.5"), format!("`1/1.5` {precise}"));
    assert_eq!(
        Share::new(2, 1).unwrap_err().to_string(),
        "a share can't be 2 of 1: pass at most the denominator, and a denominator above zero",
    );
}

#[test]
fn a_volume_is_written_in_iec_bytes_where_that_is_shorter() {
    for (read, written) in [
        ("10 TiB", "10 TiB"),     // 10.99511627776 TB
        ("1.5 GiB", "1.5 GiB"),   // 1.610612736 GB
        ("1 KiB", "1 KiB"),       // 1.024 kB
        ("1000 KiB", "1.024 MB"), // as many digits
        ("500 KiB", "512 kB"),    // as many digits
        ("1023 GiB", "1023 GiB"),
        ("1.234 MiB", "1.234 MiB"),       // 1.293942784 MB
        ("1.2345 MiB", "1.294467072 MB"), // five digits
        ("10 GB", "10 GB"),
        ("2260 GiB", "2260 GiB"), // 2.20703125 TiB, 2.42665652224 TB
        ("1152 GiB", "1.125 TiB"),
        ("12500 GiB", "13.4217728 TB"),
        ("999 EiB", "999 EiB"),
        ("0 B", "0 B"),
        ("1 b", "0.125 B"),
    ] {
        let volume: DataVolume = read.parse().unwrap();
        assert_eq!(volume.to_string(), written, "{read}");
        assert_eq!(written.parse::<DataVolume>().unwrap(), volume);
    }
    assert_eq!(format!("{:.1}", DataVolume::from_tebibytes(10)), "11.0 TB");
    assert_eq!(format!("{:#}", DataVolume::from_gibibytes(1023)), "1,023 GiB");
}
