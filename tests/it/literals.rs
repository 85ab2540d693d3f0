//! Literals that the compiler reads: `volume!`, `rate!`, `share!`, `money!`, `volume_price!`, `rate_price!`.

use bandwidth_cost::{
    DataRate, DataVolume, Money, RatePrice, Ratio, Share, VolumePrice, money, rate, rate_price,
    share, volume, volume_price,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use std::{env, fs, path::Path, process::Command};

const VOLUME: DataVolume = volume!("1.5 TB");
static RATE: DataRate = rate!("815 Gbps");
const SHARE: Share = share!("70%");
const MONEY: Money = money!("250.00 USD");
const VOLUME_PRICE: VolumePrice = volume_price!("10000 USD per 1 Tbps for 1 min");
const RATE_PRICE: RatePrice = rate_price!("0.80 USD per Mbps per month",);

#[test]
fn a_literal_is_the_value_of_its_text() {
    assert_eq!(VOLUME, "1.5 TB".parse().unwrap());
    assert_eq!(RATE, "815 Gbps".parse().unwrap());
    assert_eq!(SHARE, "70%".parse().unwrap());
    assert_eq!(MONEY, "250.00 USD".parse().unwrap());
    assert_eq!(VOLUME_PRICE, bandwidth_cost::pta::DISRUPTION_COST);
    assert_eq!(RATE_PRICE, "0.80 USD per 1 Mbps".parse().unwrap());
    let written = [VOLUME_PRICE.to_string(), volume_price!("0.12 USD/GiB").to_string()];
    assert_eq!(written, ["10000 USD per 1 Tbps for 1 min", "0.12 USD per 1 GiB"]);
    assert_eq!(MONEY.to_string(), "250.00 USD");
}

/// Compiles constants against the library that this suite is linked to, and returns whether that worked
/// and the compiler's messages.
fn compiled(name: &str, constants: &str) -> (bool, String) {
    let suite = env::current_exe().unwrap();
    let libraries = suite.parent().unwrap();
    let is_ours = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("libbandwidth_cost-") && name.ends_with(".rlib")
    };
    let files = fs::read_dir(libraries).unwrap().map(|file| file.unwrap().path());
    let newest = |path: &std::path::PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    let ours = files.filter(|path| is_ours(path)).max_by_key(newest).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = folder.join(format!("{name}.rs"));
    fs::write(&source, format!("pub use bandwidth_cost::*;\n{constants}")).unwrap();
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler)
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--cap-lints=allow"])
        .arg(format!("--extern=bandwidth_cost={}", ours.display()))
        .arg(format!("-Ldependency={}", libraries.display()))
        .arg(format!("--out-dir={}", folder.display()))
        .arg(&source)
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_wrong_literal_does_not_compile_and_its_message_says_what_to_write() {
    let wrong = [
        (
            "DataVolume",
            "volume!",
            "250 mb",
            "expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
        ),
        (
            "DataVolume",
            "volume!",
            "1,000 MB",
            "expected the digits without separators, and one point before the decimals",
        ),
        (
            "DataVolume",
            "volume!",
            "99999999999 EB",
            "expected at most 42535295865.117307932921825928971026431875 EB",
        ),
        ("DataRate", "rate!", "40 MBPS", "expected Mbps (bits) or MB/s (bytes)"),
        ("DataRate", "rate!", "0.5 bps", "expected whole bits per second"),
        ("Share", "share!", "0.7", "expected a share such as 70% or 15/31"),
        ("Share", "share!", "101%", "expected at most 100%"),
        ("Money", "money!", "250 usd", "expected USD, in capitals"),
        (
            "Money",
            "money!",
            "$250",
            "expected a code after the amount, such as 250 USD, because `$` is several currencies",
        ),
        (
            "VolumePrice",
            "volume_price!",
            "1 USD per 0 MB",
            "write a quantity above zero, such as 1 MB",
        ),
        (
            "VolumePrice",
            "volume_price!",
            "1 USD",
            "expected a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min",
        ),
        ("RatePrice", "rate_price!", "-1 USD per 1 Mbps", "write an amount of zero or more"),
        ("RatePrice", "rate_price!", "0.80 USD per 1 MB", "expected Mbps (bits) or MB/s (bytes)"),
    ];
    let constant = |(place, (kind, name, text, _)): (usize, &(&str, &str, &str, &str))| {
        format!("pub const WRONG_{place}: {kind} = {name}(\"{text}\");\n")
    };
    let constants: String = wrong.iter().enumerate().map(constant).collect();
    let (compiles, messages) = compiled("wrong_literals", &constants);
    assert!(!compiles);
    let panics: Vec<&str> = messages
        .lines()
        .filter_map(|line| line.split_once("evaluation panicked: "))
        .map(|(_, said)| said)
        .collect();
    assert_eq!(panics, wrong.map(|(.., said)| said), "{messages}");

    let right = "pub const RIGHT: [DataVolume; 2] = [volume!(\"1.5 TB\"), volume!(\"10 GiB\")];\n";
    assert_eq!(compiled("right_literals", right), (true, String::new()));
}

/// Writes numerator ÷ (2^`twos` · 5^`fives`) as a decimal.
fn decimal(numerator: &BigInt, twos: u32, fives: u32) -> String {
    let places = twos.max(fives);
    let digits =
        numerator * BigInt::from(5).pow(places - fives) * BigInt::from(2).pow(places - twos);
    let digits = format!("{:0>width$}", digits.to_string(), width = places as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places as usize);
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

proptest! {
    /// Against a computation with integers of any size.
    #[test]
    fn a_percentage_is_a_hundredth_of_its_number_or_too_precise(
        numerator in any::<u64>(),
        twos in 0_u32..70,
        fives in 0_u32..35,
    ) {
        let divisor = BigInt::from(2).pow(twos) * BigInt::from(5).pow(fives);
        let hundred = BigInt::from(100);
        let numerator = BigInt::from(numerator) % (&divisor * &hundred + 1_u32);
        let number = BigRational::new(numerator.clone(), divisor);
        let share = &number / &hundred;
        let text = decimal(&numerator, twos, fives);
        let fits = |part: &BigInt| u64::try_from(part).is_ok();
        match format!("{text}%").parse::<Share>() {
            Ok(read) => {
                prop_assert_eq!(BigInt::from(read.numerator()), share.numer().clone());
                prop_assert_eq!(BigInt::from(read.denominator()), share.denom().clone());
                let exact: Ratio = text.parse().unwrap();
                prop_assert_eq!(&Ratio::from(read) * &Ratio::from(100), exact);
            }
            Err(error) => {
                prop_assert!(error.to_string().contains("too precise"), "{error}");
                prop_assert!(!fits(share.numer()) || !fits(share.denom()), "{text}");
            }
        }
    }
}
