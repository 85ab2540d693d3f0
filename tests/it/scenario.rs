//! What-if: cases with the arithmetic beside them, and the words of each refusal.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::{
    Currency, DataRate, Error, ExchangeRate, Money, Outage, Share, TrafficClass, TrafficMix,
    VolumePrice,
    pta::{self, AnyPrice},
    scenario::{Change, Comparison},
};
use core::{fmt, time::Duration};

const MONTH: Duration = Duration::from_secs(30 * 86_400);

fn bps(count: u64) -> DataRate {
    DataRate::from_bps(count)
}

fn share(numerator: u64, denominator: u64) -> Share {
    Share::new(numerator, denominator).unwrap()
}

/// Pakistan in February 2024: 18.03 Tbps in use, 12.38 of them served by local CDNs, and VPNs that
/// nobody uses yet. Licensed ones break out in the country, so the CDNs serve them as well.
fn pakistan() -> TrafficMix {
    let from_cdns = share(1_238, 1_803);
    TrafficMix::new([
        TrafficClass::new("direct", DataRate::from_gbps(18_030), from_cdns),
        TrafficClass::new("licensed VPN", DataRate::ZERO, from_cdns),
        TrafficClass::new("unlicensed VPN", DataRate::ZERO, Share::ZERO),
    ])
    .unwrap()
}

fn to_vpns(percent: u64) -> TrafficMix {
    pakistan().shift("direct", "unlicensed VPN", Share::from_percent(percent)).unwrap()
}

fn rupees() -> ExchangeRate {
    "1 USD = 278.55 PKR".parse().unwrap()
}

fn disruption(after: &TrafficMix) -> Comparison {
    let prices = [("disruption", AnyPrice::Volume(pta::DISRUPTION_COST))];
    pakistan().compare(after, &prices, MONTH, &rupees()).unwrap()
}

#[track_caller]
fn refused<T: fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn pakistan_before_any_move_is_as_published() {
    let mix = pakistan();
    assert_eq!(mix.demand().to_string(), "18.03 Tbps");
    assert_eq!(mix.local().to_string(), "12.38 Tbps");
    assert_eq!(mix.international().to_string(), "5.65 Tbps");
}

/// What moves was served to 12.38/18.03 by CDNs, and is not any more: of x % of 18.03 Tbps that is
/// x % of 12.38 Tbps. Each Tbps costs 10,000 USD a minute; 30 days have 43,200 minutes; a dollar is
/// 278.55 rupees.
#[test]
fn the_what_if_table() {
    let table = [
        // 1 %: 0.1238 Tbps × 10,000 USD, × 43,200, and each × 278.55.
        (
            1,
            "5.7738 Tbps",
            "123.8 Gbps",
            ["1238 USD", "344844.9 PKR"],
            ["53481600 USD", "14897299680 PKR"],
        ),
        // 5 %: 0.619 Tbps.
        (
            5,
            "6.269 Tbps",
            "619 Gbps",
            ["6190 USD", "1724224.5 PKR"],
            ["267408000 USD", "74486498400 PKR"],
        ),
        // 10 %: 1.238 Tbps.
        (
            10,
            "6.888 Tbps",
            "1.238 Tbps",
            ["12380 USD", "3448449 PKR"],
            ["534816000 USD", "148972996800 PKR"],
        ),
        // 20 %: 2.476 Tbps.
        (
            20,
            "8.126 Tbps",
            "2.476 Tbps",
            ["24760 USD", "6896898 PKR"],
            ["1069632000 USD", "297945993600 PKR"],
        ),
    ];
    for (percent, international, increase, minute, month) in table {
        let what_if = disruption(&to_vpns(percent));
        assert_eq!(what_if.demand.increase(), DataRate::ZERO);
        assert_eq!(what_if.demand.decrease(), DataRate::ZERO);
        assert_eq!(what_if.international.before.to_string(), "5.65 Tbps");
        assert_eq!(what_if.international.after.to_string(), international);
        assert_eq!(what_if.international.increase().to_string(), increase);
        assert_eq!(what_if.international.decrease(), DataRate::ZERO);
        assert_eq!(what_if.local.before.to_string(), "12.38 Tbps");
        assert_eq!(what_if.local.decrease().to_string(), increase);
        assert_eq!(what_if.costs.len(), 1);
        let cost = &what_if.costs[0];
        let two = [&cost.per_minute, &cost.per_month]
            .map(|cost| [cost.original.to_string(), cost.converted.to_string()]);
        assert_eq!(two, [minute, month], "{percent} %");
    }
}

/// Half of the 10 % stays with the CDNs: 5 % of 12.38 Tbps crosses the border in addition.
#[test]
fn licensed_vpns_that_carry_half_halve_the_increase() {
    let half = Share::from_percent(50);
    let after = to_vpns(10).shift("unlicensed VPN", "licensed VPN", half).unwrap();
    let demands = after.classes().iter().map(|class| class.demand().to_string());
    assert_eq!(demands.collect::<Vec<_>>(), ["16.227 Tbps", "901.5 Gbps", "901.5 Gbps"]);
    let what_if = disruption(&after);
    assert_eq!(what_if.international.increase().to_string(), "619 Gbps");
    assert_eq!(what_if.costs[0].per_minute.original.to_string(), "6190 USD");
}

/// 1 Tbps more is reached when CDNs serve less than 11.38 Tbps + 1 bit/s of what is left of direct
/// traffic: 11,380,000,000,001 × 1803/1238 = 16,573,618,739,904.1…, so at 16,573,618,739,904 bit/s,
/// which is 18.03 Tbps less 1,456,381,260,096 bit/s.
#[test]
fn eight_percent_moved_add_a_terabit_per_second() {
    let before = pakistan();
    let limit = before.international() + DataRate::from_tbps(1);
    let least = before.share_to_reach("direct", "unlicensed VPN", limit).unwrap().unwrap();
    assert_eq!(before.demand().portion(least), bps(1_456_381_260_096));
    assert_eq!(format!("{least:.4}"), "8.0775%");
    let after = before.shift("direct", "unlicensed VPN", least).unwrap();
    assert_eq!(after.international(), limit);
    let fewer = share(1_456_381_260_095, before.demand().as_bps());
    let after = before.shift("direct", "unlicensed VPN", fewer).unwrap();
    assert_eq!(after.international(), limit - bps(1));
}

/// 1,000 Gbps lost and 830 rerouted leave 5,650 − 1,000 + 830 = 5,480 Gbps of a border that carries
/// 5,650.
#[test]
fn the_aae_1_cut_leaves_170_gbps_uncarried() {
    let border = pakistan().international();
    let cut = Outage::new(DataRate::from_gbps(1_000), DataRate::from_gbps(830)).unwrap();
    let left = cut.capacity_left(border).unwrap();
    assert_eq!(left.to_string(), "5.48 Tbps");
    assert_eq!(pakistan().uncarried(left), DataRate::from_gbps(170));
    // The cut, while 5 % are on VPNs that bypass the CDNs: 170 + 619.
    assert_eq!(to_vpns(5).uncarried(left), DataRate::from_gbps(789));
    // Before anything was rerouted.
    let cut = Outage::new(DataRate::from_gbps(1_000), DataRate::ZERO).unwrap();
    let left = cut.capacity_left(border).unwrap();
    assert_eq!(pakistan().uncarried(left), DataRate::from_tbps(1));
}

/// 2 Tbps of video, 90 % of it local: 1.8 Tbps come from abroad when the servers do.
#[test]
fn an_application_that_moves_its_servers_abroad_adds_what_was_local() {
    let before = TrafficMix::new([
        TrafficClass::new("rest", DataRate::from_tbps(10), Share::from_percent(60)),
        TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90)),
    ])
    .unwrap();
    assert_eq!(before.international(), DataRate::from_gbps(4_000 + 200));
    let after = before.with_local_share("video", Share::ZERO).unwrap();
    assert_eq!(before.international_increase(&after), DataRate::from_gbps(1_800));
    assert_eq!(after.international_increase(&before), DataRate::ZERO);
    assert_eq!(after.with_local_share("video", Share::from_percent(90)).unwrap(), before);
    // Half of the viewers leave: half of the 0.2 Tbps with them.
    let after = before.with_demand("video", DataRate::from_tbps(1)).unwrap();
    assert_eq!(after.international_increase(&before), DataRate::from_gbps(100));
    assert_eq!(after.demand(), DataRate::from_tbps(11));
}

/// Under each price: a volume price is applied to 300 Gbps for a minute, which carries 2.25 TB, and
/// for the 43,200 minutes of 30 days; a rate price to 300,000 Mbps, once a month.
#[test]
fn each_kind_of_price_is_applied_as_it_is_meant() {
    let direct = |local| TrafficClass::new("direct", DataRate::from_tbps(1), local);
    let before = TrafficMix::new([direct(Share::from_percent(70))]).unwrap();
    let after = TrafficMix::new([direct(Share::from_percent(40))]).unwrap();
    let what_if = before.compare(&after, &pta::interpretations(), MONTH, &rupees()).unwrap();
    let rows: Vec<_> = what_if
        .costs
        .iter()
        .map(|cost| {
            let [minute, month] = [&cost.per_minute, &cost.per_month].map(|cost| &cost.original);
            (cost.name.as_str(), format!("{minute:.2}"), format!("{month:.2}"))
        })
        .collect();
    let expected = [
        // 2.25 TB are 2,250,000 MB; × 43,200.
        ("$1 per MB", "2250000.00 USD", "97200000000.00 USD"),
        // 2,250,000 ÷ 1.048576.
        ("$1 per MiB", "2145767.21 USD", "92697143554.69 USD"),
        ("$1 per Mbit", "18000000.00 USD", "777600000000.00 USD"),
        ("$1 per GB", "2250.00 USD", "97200000.00 USD"),
        // 300,000 ÷ 43,200.
        ("$1 per Mbps per month", "6.94 USD", "300000.00 USD"),
    ];
    assert_eq!(rows, expected.map(|(name, a, b)| (name, a.to_owned(), b.to_owned())));
    let prices: Vec<_> = what_if.costs.iter().map(|cost| cost.price).collect();
    assert_eq!(prices, pta::interpretations().map(|(_, price)| price));
}

#[test]
fn a_decrease_is_seen_and_costs_nothing() {
    let prices = pta::interpretations();
    let what_if = to_vpns(10).compare(&pakistan(), &prices, MONTH, &rupees()).unwrap();
    assert_eq!(what_if.international.increase(), DataRate::ZERO);
    assert_eq!(what_if.international.decrease(), DataRate::from_gbps(1_238));
    assert_eq!(what_if.local.increase(), DataRate::from_gbps(1_238));
    let expected = Change { before: DataRate::from_gbps(6_888), after: DataRate::from_gbps(5_650) };
    assert_eq!(what_if.international, expected);
    for cost in what_if.costs {
        assert_eq!(cost.per_month.original.to_string(), "0 USD", "{}", cost.name);
        assert_eq!(cost.per_month.converted.to_string(), "0 PKR", "{}", cost.name);
    }
}

#[test]
fn a_comparison_without_prices_still_says_what_crosses_the_border() {
    let what_if = pakistan().compare(&to_vpns(20), &[], MONTH, &rupees()).unwrap();
    assert_eq!(what_if.costs, []);
    assert_eq!(what_if.international.increase().to_string(), "2.476 Tbps");
}

fn small(from: (u64, Share), to: (u64, Share)) -> TrafficMix {
    TrafficMix::new([
        TrafficClass::new("a", bps(from.0), from.1),
        TrafficClass::new("b", bps(to.0), to.1),
    ])
    .unwrap()
}

fn border_by_move(mix: &TrafficMix) -> Vec<u64> {
    let demand = mix.class("a").unwrap().demand().as_bps();
    let after = |moved| mix.shift("a", "b", share(moved, demand)).unwrap();
    (0..=demand).map(|moved| after(moved).international().as_bps()).collect()
}

/// What is local is rounded down for each class: of 6 bit/s at 70 % it is 4 and of 4 at 50 % it is
/// 2, of 7 and 3 it is 4 and 1.
#[test]
fn the_least_move_is_found_although_a_larger_one_may_fall_short() {
    let mix = small((10, Share::from_percent(70)), (0, Share::from_percent(50)));
    assert_eq!(border_by_move(&mix), [3, 4, 4, 5, 4, 5, 5, 5, 5, 6, 5]);
    let least = |limit| mix.share_to_reach("a", "b", bps(limit)).unwrap();
    assert_eq!(least(0), Some(Share::ZERO));
    assert_eq!(least(3), Some(Share::ZERO));
    assert_eq!(least(4), Some(share(1, 10)));
    assert_eq!(least(5), Some(share(3, 10)));
    assert_eq!(least(6), Some(share(9, 10)));
    assert_eq!(least(7), None);
}

#[test]
fn a_move_to_a_more_local_class_may_reach_a_limit_by_rounding() {
    let mix = small((2, Share::from_percent(50)), (0, Share::from_percent(70)));
    assert_eq!(border_by_move(&mix), [1, 2, 1]);
    assert_eq!(mix.share_to_reach("a", "b", bps(2)).unwrap(), Some(share(1, 2)));
    assert_eq!(mix.share_to_reach("a", "b", bps(3)).unwrap(), None);
    assert_eq!(mix.share_to_reach("b", "a", bps(2)).unwrap(), None);
}

/// Two demands of 2⁶³ − 1, just above and just below half of which is local. Rounded down, one is
/// half of it less ½, or of an even number half of it; the other half less ½, or less 1: however
/// many move, the two sum to 2⁶³ − 2.
#[test]
fn where_no_move_changes_anything_there_is_no_least_one() {
    let demand = u64::MAX / 2;
    let [above, below] = [1 << 63, (1 << 63) - 1].map(|part| share(part, u64::MAX));
    let mix = small((demand, above), (demand, below));
    assert_eq!(mix.local(), bps((1 << 63) - 2));
    let limit = mix.international() + bps(1);
    assert_eq!(mix.share_to_reach("a", "b", limit).unwrap(), None);
    assert_eq!(mix.share_to_reach("b", "a", limit).unwrap(), None);
}

#[test]
fn the_largest_rates_and_the_finest_shares_are_no_trouble() {
    const MAX: u64 = u64::MAX;
    let parts = [0, 1, MAX / 2, MAX / 2 + 1, MAX - 1, MAX];
    let pairs = parts.iter().flat_map(|&a| parts.map(|b| (share(a, MAX), share(b, MAX))));
    for (from_share, to_share) in pairs {
        for from in parts {
            let mix = small((from, from_share), (MAX - from, to_share));
            let border = mix.international().as_bps();
            for limit in [border.saturating_add(1), border / 2 + MAX / 2, MAX - 1, MAX].map(bps) {
                let reaches = |moved| {
                    let after = mix.shift("a", "b", share(moved, from.max(1))).unwrap();
                    after.international() >= limit
                };
                let Some(least) = mix.share_to_reach("a", "b", limit).unwrap() else {
                    assert!(!reaches(0) && !reaches(from), "{mix:?} to {limit}");
                    continue;
                };
                let moved = bps(from).portion(least).as_bps();
                assert!(reaches(moved), "{mix:?} to {limit}: {least}");
                assert!(moved == 0 || !reaches(moved - 1), "{mix:?} to {limit}: {least}");
            }
        }
    }
    let all = small((MAX, Share::ONE), (0, Share::ZERO));
    assert_eq!(all.share_to_reach("a", "b", DataRate::MAX).unwrap(), Some(Share::ONE));
    assert_eq!(all.share_to_reach("a", "b", bps(1)).unwrap(), Some(share(1, MAX)));
    let alike = small((MAX, Share::ONE), (0, Share::ONE));
    assert_eq!(alike.share_to_reach("a", "b", bps(1)).unwrap(), None);
    let nothing = small((0, Share::ONE), (MAX, Share::ONE));
    assert_eq!(nothing.share_to_reach("a", "b", bps(1)).unwrap(), None);
}

#[test]
fn a_mix_says_what_its_classes_may_not_be() {
    assert_eq!(
        refused(TrafficMix::new([])),
        "a traffic mix can't be empty: give it at least one class"
    );
    let class = |name: &str, demand| TrafficClass::new(name, demand, Share::ZERO);
    assert_eq!(
        refused(TrafficMix::new([
            class("direct", bps(1)),
            class("VPN", bps(2)),
            class("direct", bps(3)),
        ])),
        "the class `direct` is there twice: give each class a name of its own",
    );
    assert_eq!(
        refused(TrafficMix::new([class("direct", DataRate::MAX), class("VPN", bps(1))])),
        "a demand of 1 bps for `VPN` beside 18446.744073709551615 Pbps for others is above \
         18446.744073709551615 Pbps: write a smaller one",
    );
    let whole = TrafficMix::new([class("direct", DataRate::MAX), class("VPN", bps(0))]).unwrap();
    assert_eq!(
        refused(whole.with_demand("VPN", DataRate::from_gbps(1))),
        "a demand of 1 Gbps for `VPN` beside 18446.744073709551615 Pbps for others is above \
         18446.744073709551615 Pbps: write a smaller one",
    );
    // In place of the class's own demand, not beside it.
    assert_eq!(whole.with_demand("direct", DataRate::MAX).unwrap(), whole);
}

#[test]
fn an_unknown_class_is_answered_with_the_known_ones() {
    let mix = pakistan();
    let expected =
        "no class is named `vpn`: write `direct`, `licensed VPN` or `unlicensed VPN`".to_owned();
    let limit = DataRate::MAX;
    assert_eq!(refused(mix.class("vpn")), expected);
    assert_eq!(refused(mix.shift("vpn", "direct", Share::ZERO)), expected);
    assert_eq!(refused(mix.shift("direct", "vpn", Share::ZERO)), expected);
    assert_eq!(refused(mix.shift("vpn", "vpn", Share::ZERO)), expected);
    assert_eq!(refused(mix.share_to_reach("vpn", "direct", limit)), expected);
    assert_eq!(refused(mix.share_to_reach("direct", "vpn", limit)), expected);
    assert_eq!(refused(mix.with_local_share("vpn", Share::ONE)), expected);
    assert_eq!(refused(mix.with_demand("vpn", DataRate::ZERO)), expected);
    let only = TrafficMix::new([TrafficClass::new("all", bps(1), Share::ONE)]).unwrap();
    assert_eq!(refused(only.class("")), "no class is named ``: write `all`");
}

#[test]
fn a_class_has_no_traffic_to_move_to_itself() {
    let expected = "can't move traffic from `direct` to itself: write another class on one side";
    assert_eq!(refused(pakistan().shift("direct", "direct", Share::ZERO)), expected);
    assert_eq!(refused(pakistan().share_to_reach("direct", "direct", DataRate::ZERO)), expected);
}

#[test]
fn an_outage_says_what_does_not_fit() {
    let (more, less) = (DataRate::from_gbps(1_000), DataRate::from_gbps(830));
    assert_eq!(
        refused(Outage::new(less, more)),
        "can't reroute 1 Tbps of 830 Gbps lost: write at most what is lost",
    );
    let outage = Outage::new(more, less).unwrap();
    assert_eq!((outage.lost(), outage.rerouted()), (more, less));
    assert_eq!(
        refused(outage.capacity_left(less)),
        "can't lose 1 Tbps of a capacity of 830 Gbps: write a capacity of at least the loss",
    );
    assert_eq!(outage.capacity_left(more).unwrap(), less);
}

#[test]
fn a_comparison_says_what_it_can_not_price() {
    let compare = |prices: &[(&str, AnyPrice)], month, rate: &str| {
        pakistan().compare(&to_vpns(10), prices, month, &rate.parse().unwrap())
    };
    let dollars = [("disruption", AnyPrice::Volume(pta::DISRUPTION_COST))];
    assert_eq!(
        refused(compare(&dollars, Duration::ZERO, "1 USD = 278.55 PKR")),
        "a month can't be 0 s long: write a length such as 30 days",
    );
    assert_eq!(
        refused(compare(&dollars, Duration::MAX, "1 USD = 278.55 PKR")),
        "`1.238 Tbps for 18446744073709551615.999999999s` is too large for a data volume: expected at \
         most 42535295865.117307932921825928971026431875 EB",
    );
    assert_eq!(
        refused(compare(&dollars, MONTH, "1 PKR = 0.00359 USD")),
        "currency mismatch: PKR and USD; convert one with an exchange rate first",
    );
    let rupee = Money::from_major(1, Currency::PKR);
    let rupees = AnyPrice::Volume(VolumePrice::per_megabyte(rupee));
    assert_eq!(
        refused(compare(&[dollars[0], ("rupees", rupees)], MONTH, "1 USD = 278.55 PKR")),
        "currency mismatch: USD and PKR; convert one with an exchange rate first",
    );
}

#[cfg(feature = "serde")]
mod serialised {
    use super::{DataRate, Outage, TrafficMix, disruption, pakistan, to_vpns};
    use serde_json::json;

    const TWO: &str = r#"{"class":[
        {"name":"direct","demand":"6 Tbps","local_share":"70%"},
        {"name":"VPN","demand":"437 Gbps","local_share":"0%"}
    ]}"#;

    fn json_err<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
        serde_json::from_str::<T>(text).unwrap_err().to_string()
    }

    #[test]
    fn a_mix_has_named_fields() {
        let mix: TrafficMix = serde_json::from_str(TWO).unwrap();
        assert_eq!(mix.international(), DataRate::from_gbps(1_800 + 437));
        let lines: String = TWO.lines().map(str::trim).collect();
        assert_eq!(serde_json::to_string(&mix).unwrap(), lines);
        for mix in [mix, pakistan(), to_vpns(20)] {
            let bytes = postcard::to_stdvec(&mix).unwrap();
            assert_eq!(postcard::from_bytes::<TrafficMix>(&bytes).unwrap(), mix);
            let text = serde_json::to_string(&mix).unwrap();
            assert_eq!(serde_json::from_str::<TrafficMix>(&text).unwrap(), mix);
        }
    }

    #[test]
    fn a_mix_is_read_through_the_checks() {
        assert_eq!(
            json_err::<TrafficMix>(&TWO.replace("VPN", "direct")),
            "the class `direct` is there twice: give each class a name of its own",
        );
        assert_eq!(
            json_err::<TrafficMix>(r#"{"class":[]}"#),
            "a traffic mix can't be empty: give it at least one class",
        );
        let huge = TWO.replace("6 Tbps", "18446744073709551615 bps");
        assert_eq!(
            json_err::<TrafficMix>(&huge),
            "a demand of 437 Gbps for `VPN` beside 18446.744073709551615 Pbps for others is above \
             18446.744073709551615 Pbps: write a smaller one",
        );
        assert_eq!(
            json_err::<TrafficMix>(&TWO.replace("local_share", "local")),
            "unknown field `local`, expected one of `name`, `demand`, `local_share` \
             at line 2 column 50",
        );
        assert_eq!(
            json_err::<TrafficMix>(&TWO.replace("70%", "170%")),
            "`170%` is too large for a share: expected at most 100% at line 2 column 63",
        );
        let twice = [pakistan().classes()[0].clone(), pakistan().classes()[0].clone()];
        let bytes = postcard::to_stdvec(&twice.to_vec()).unwrap();
        assert_eq!(
            postcard::from_bytes::<TrafficMix>(&bytes).unwrap_err(),
            postcard::Error::SerdeDeCustom,
        );
    }

    #[test]
    fn an_outage_is_read_through_the_checks() {
        let cut = Outage::new(DataRate::from_gbps(1_000), DataRate::from_gbps(830)).unwrap();
        let text = serde_json::to_string(&cut).unwrap();
        assert_eq!(text, r#"{"lost":"1 Tbps","rerouted":"830 Gbps"}"#);
        assert_eq!(serde_json::from_str::<Outage>(&text).unwrap(), cut);
        let bytes = postcard::to_stdvec(&cut).unwrap();
        assert_eq!(postcard::from_bytes::<Outage>(&bytes).unwrap(), cut);
        assert_eq!(
            json_err::<Outage>(r#"{"lost":"830 Gbps","rerouted":"1 Tbps"}"#),
            "can't reroute 1 Tbps of 830 Gbps lost: write at most what is lost",
        );
    }

    #[test]
    fn a_comparison_is_written_whole() {
        let what_if = disruption(&to_vpns(10));
        assert_eq!(
            serde_json::to_value(&what_if).unwrap(),
            json!({
                "demand": { "before": "18.03 Tbps", "after": "18.03 Tbps" },
                "international": { "before": "5.65 Tbps", "after": "6.888 Tbps" },
                "local": { "before": "12.38 Tbps", "after": "11.142 Tbps" },
                "costs": [{
                    "name": "disruption",
                    "price": "10000 USD per 7.5 TB",
                    "per_minute": { "original": "12380 USD", "converted": "3448449 PKR" },
                    "per_month": {
                        "original": "534816000 USD",
                        "converted": "148972996800 PKR",
                    },
                }],
            }),
        );
    }
}
