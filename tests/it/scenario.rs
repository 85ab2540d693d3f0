//! What-if: cases with the arithmetic beside them, and the words of each refusal.

use crate::support::refused;
use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};

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

#[test]
fn pakistan_before_any_move_is_as_published() {
    let mix = pakistan();
    assert_eq!(mix.demand().to_string(), "18.03 Tbps");
    assert_eq!(mix.local().to_string(), "12.38 Tbps");
    assert_eq!(mix.international().to_string(), "5.65 Tbps");
}

/// Half of the 10 % stays with the CDNs: 5 % of 12.38 Tbps crosses the border in addition.
#[test]
fn licensed_vpns_that_carry_half_halve_the_increase() {
    let half = Share::from_percent(50);
    let after = to_vpns(10).shift("unlicensed VPN", "licensed VPN", half).unwrap();
    let demands = after.classes().iter().map(|class| class.demand().to_string());
    assert_eq!(demands.collect::<Vec<_>>(), ["16.227 Tbps", "901.5 Gbps", "901.5 Gbps"]);
    assert_eq!(pakistan().international_increase(&after), DataRate::from_gbps(619));
}

/// The increase reaches 1 Tbps as soon as CDNs serve less than 11.38 Tbps + 1 bit/s of the direct
/// traffic that remains: 11,380,000,000,001 × 1803/1238 = 16,573,618,739,904.1…, so at 16,573,618,739,904 bit/s,
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

/// The local rate is rounded down for each class: of 6 bit/s at 70 % it is 4 and of 4 at 50 % it is
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

/// Of 7 bit/s, 70 % of those that move are local, in whole bits: 0, 0, 1, 2, 2, 3, 4, 4.
#[test]
fn the_least_move_to_a_local_class_keeps_the_border_below_a_limit() {
    let mix = small((7, Share::ZERO), (0, Share::from_percent(70)));
    assert_eq!(border_by_move(&mix), [7, 7, 6, 5, 5, 4, 3, 3]);
    let least = |limit| mix.share_to_stay_below("a", "b", bps(limit)).unwrap();
    assert_eq!(least(8), Some(Share::ZERO));
    assert_eq!(least(7), Some(share(2, 7)));
    assert_eq!(least(6), Some(share(3, 7)));
    assert_eq!(least(5), Some(share(5, 7)));
    assert_eq!(least(4), Some(share(6, 7)));
    assert_eq!(least(3), None);
    assert_eq!(least(0), None);
}

/// 20 % of 18.03 Tbps on unlicensed VPNs put 2.476 Tbps more on the border. To stay below 1 Tbps
/// more, CDNs must serve 1.476 Tbps and a bit/s of it again: 1,476,000,000,001 × 1803/1238 =
/// 2,149,619,(…) bit/s, of 3,606,000,000,000.
#[test]
fn three_fifths_licensed_keep_the_increase_below_a_terabit_per_second() {
    let limit = pakistan().international() + DataRate::from_tbps(1);
    let before = to_vpns(20);
    let [from, to] = ["unlicensed VPN", "licensed VPN"];
    let least = before.share_to_stay_below(from, to, limit).unwrap().unwrap();
    assert_eq!(format!("{least:.2}"), "59.61%");
    assert_eq!(before.shift(from, to, least).unwrap().international(), limit - bps(1));
    let moved = before.class(from).unwrap().demand().portion(least).as_bps();
    let fewer = before.shift(from, to, share(moved - 1, 3_606_000_000_000)).unwrap();
    assert_eq!(fewer.international(), limit);
    // As long as all of it may be licensed, the direct traffic's border remains.
    assert_eq!(before.share_to_stay_below(from, to, bps(5_000_000_000_000)).unwrap(), None);
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
            let limits = [
                0,
                border / 2,
                border,
                border.saturating_add(1),
                border / 2 + MAX / 2,
                MAX - 1,
                MAX,
            ];
            for limit in limits.map(bps) {
                let reaches = |moved| {
                    let after = mix.shift("a", "b", share(moved, from.max(1))).unwrap();
                    after.international() >= limit
                };
                let reach = mix.share_to_reach("a", "b", limit).unwrap();
                let below = mix.share_to_stay_below("a", "b", limit).unwrap();
                for (least, wanted) in [(reach, true), (below, false)] {
                    let is_enough = |moved| reaches(moved) == wanted;
                    let Some(least) = least else {
                        assert!(!is_enough(0) && !is_enough(from), "{mix:?} to {limit}");
                        continue;
                    };
                    let moved = bps(from).portion(least).as_bps();
                    assert!(is_enough(moved), "{mix:?} to {limit}: {least}");
                    assert!(moved == 0 || !is_enough(moved - 1), "{mix:?} to {limit}: {least}");
                }
            }
        }
    }
    let all = small((MAX, Share::ONE), (0, Share::ZERO));
    assert_eq!(all.share_to_reach("a", "b", DataRate::MAX).unwrap(), Some(Share::ONE));
    assert_eq!(all.share_to_reach("a", "b", bps(1)).unwrap(), Some(share(1, MAX)));
    let none = small((MAX, Share::ZERO), (0, Share::ONE));
    assert_eq!(none.share_to_stay_below("a", "b", bps(1)).unwrap(), Some(Share::ONE));
    assert_eq!(none.share_to_stay_below("a", "b", bps(0)).unwrap(), None);
    let alike = small((MAX, Share::ONE), (0, Share::ONE));
    assert_eq!(alike.share_to_reach("a", "b", bps(1)).unwrap(), None);
    let nothing = small((0, Share::ONE), (MAX, Share::ONE));
    assert_eq!(nothing.share_to_reach("a", "b", bps(1)).unwrap(), None);
}

#[test]
fn a_mix_says_what_its_classes_may_not_be() {
    assert_eq!(
        refused(TrafficMix::new([])),
        "a traffic mix can't be empty: pass at least one class"
    );
    let class = |name: &str, demand| TrafficClass::new(name, demand, Share::ZERO);
    assert_eq!(
        refused(TrafficMix::new([
            class("direct", bps(1)),
            class("VPN", bps(2)),
            class("direct", bps(3)),
        ])),
        "two classes are named `direct`: pass another name for one of them",
    );
    assert_eq!(
        refused(TrafficMix::new([class("direct", DataRate::MAX), class("VPN", bps(1))])),
        "a demand of 1 bps for `VPN` beside 18446.744073709551615 Pbps for others exceeds \
         18446.744073709551615 Pbps: pass a lower demand",
    );
    let whole = TrafficMix::new([class("direct", DataRate::MAX), class("VPN", bps(0))]).unwrap();
    assert_eq!(
        refused(whole.with_demand("VPN", DataRate::from_gbps(1))),
        "a demand of 1 Gbps for `VPN` beside 18446.744073709551615 Pbps for others exceeds \
         18446.744073709551615 Pbps: pass a lower demand",
    );
    // In place of the class's own demand, not beside it.
    assert_eq!(whole.with_demand("direct", DataRate::MAX).unwrap(), whole);
}

#[test]
fn an_unknown_class_is_answered_with_the_known_ones() {
    let mix = pakistan();
    let expected =
        "no class is named `vpn`: pass `direct`, `licensed VPN` or `unlicensed VPN`".to_owned();
    let limit = DataRate::MAX;
    assert_eq!(refused(mix.class("vpn")), expected);
    assert_eq!(refused(mix.shift("vpn", "direct", Share::ZERO)), expected);
    assert_eq!(refused(mix.shift("direct", "vpn", Share::ZERO)), expected);
    assert_eq!(refused(mix.shift("vpn", "vpn", Share::ZERO)), expected);
    assert_eq!(refused(mix.share_to_reach("vpn", "direct", limit)), expected);
    assert_eq!(refused(mix.share_to_reach("direct", "vpn", limit)), expected);
    assert_eq!(refused(mix.share_to_stay_below("vpn", "direct", limit)), expected);
    assert_eq!(refused(mix.share_to_stay_below("direct", "vpn", limit)), expected);
    assert_eq!(refused(mix.with_local_share("vpn", Share::ONE)), expected);
    assert_eq!(refused(mix.with_demand("vpn", DataRate::ZERO)), expected);
    let only = TrafficMix::new([TrafficClass::new("all", bps(1), Share::ONE)]).unwrap();
    assert_eq!(refused(only.class("")), "no class is named ``: pass `all`");
}

#[test]
fn a_class_has_no_traffic_to_move_to_itself() {
    let expected = "can't move traffic from `direct` to itself: pass two classes";
    assert_eq!(refused(pakistan().shift("direct", "direct", Share::ZERO)), expected);
    assert_eq!(refused(pakistan().share_to_reach("direct", "direct", DataRate::ZERO)), expected);
    assert_eq!(
        refused(pakistan().share_to_stay_below("direct", "direct", DataRate::MAX)),
        expected,
    );
}

#[cfg(feature = "serde")]
mod serialised {
    use super::{DataRate, TrafficMix, pakistan, to_vpns};

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
            "two classes are named `direct`: pass another name for one of them",
        );
        assert_eq!(
            json_err::<TrafficMix>(r#"{"class":[]}"#),
            "a traffic mix can't be empty: pass at least one class",
        );
        let huge = TWO.replace("6 Tbps", "18446744073709551615 bps");
        assert_eq!(
            json_err::<TrafficMix>(&huge),
            "a demand of 437 Gbps for `VPN` beside 18446.744073709551615 Pbps for others exceeds \
             18446.744073709551615 Pbps: pass a lower demand",
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
}
