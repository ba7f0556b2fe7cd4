//! The limiter's promises: everything is accounted for, rates hold, the rare survives the hot.

use transom_tracer::limiter::{Config, Key, Lane, Limiter, Mode, Rate, Reason, Verdict};

fn key(function: u64, process: u64) -> Key {
    Key { function, process }
}

/// A small generator of numbers: tests are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn show(lane: &mut Lane, now: u64, key: Key) -> bool {
    match lane.admit(now, key) {
        Verdict::Show(permit) => {
            lane.captured(permit, 100);
            true
        }
        Verdict::Suppress(_) => false,
    }
}

#[test]
fn matched_is_always_shown_and_suppressed_and_lost() {
    for seed in 0..300 {
        let mut random = Random(seed);
        let rate = |random: &mut Random| {
            (random.below(3) > 0).then(|| Rate {
                count: 1 + random.below(200) as u32,
                per_ms: 1 + random.below(500) as u32,
            })
        };
        let config = Config {
            events: rate(&mut random),
            bytes: rate(&mut random).map(|r| Rate {
                count: r.count * 1000,
                ..r
            }),
            mode: if random.below(4) == 0 {
                Mode::Fuse
            } else {
                Mode::Throttle
            },
            total: (random.below(2) == 0).then(|| random.below(2000)),
            wall_ms: (random.below(2) == 0).then(|| random.below(3000)),
            fair: random.below(2) == 0,
            budget_percent: (random.below(3) == 0).then_some(2.0),
            ..Config::unlimited()
        };
        let limiter = Limiter::new(config.clone(), 5);
        let mut lanes: Vec<Lane> = (0..1 + random.below(4)).map(|_| limiter.lane()).collect();
        let (mut now, mut matched, mut gaps) = (5, 0, 0);
        for _ in 0..5000 {
            now += random.below(3);
            let at = random.below(lanes.len() as u64) as usize;
            let lane = &mut lanes[at];
            let key = key(random.below(20), random.below(300));
            matched += 1;
            match lane.admit(now, key) {
                Verdict::Show(permit) => match random.below(10) {
                    0 => lane.lost(permit),
                    1 => lane.withdraw(permit, Reason::Predicate, key),
                    _ => lane.captured(permit, random.below(70_000) as usize),
                },
                Verdict::Suppress(_) => {}
            }
            lane.spent(random.below(100_000));
            gaps += lane
                .take_gaps(false)
                .iter()
                .map(|gap| gap.count)
                .sum::<u64>();
        }
        gaps += lanes
            .iter_mut()
            .flat_map(|lane| lane.take_gaps(true))
            .map(|gap| gap.count)
            .sum::<u64>();
        let totals = limiter.totals();
        assert!(totals.balanced(), "seed {seed}: {totals} with {config:?}");
        assert_eq!(totals.matched, matched);
        assert_eq!(
            gaps,
            totals.suppressed_in_all(),
            "every suppressed event is in a gap, seed {seed}"
        );
        if let Some(total) = config.total {
            assert!(
                totals.shown + totals.lost + totals.suppressed[Reason::Predicate as usize] <= total
            );
        }
    }
}

#[test]
fn a_throttle_passes_its_rate_for_ever() {
    let config = Config {
        events: Some(Rate {
            count: 10,
            per_ms: 100,
        }),
        ..Config::unlimited()
    };
    let limiter = Limiter::new(config, 0);
    let mut lane = limiter.lane();
    for interval in 0..50 {
        let shown = (0..1000)
            .filter(|_| show(&mut lane, interval * 100 + 7, key(1, 1)))
            .count();
        assert_eq!(shown, 10);
    }
    assert_eq!(limiter.totals().shown, 500);
    assert_eq!(limiter.totals().suppressed[Reason::Rate as usize], 49_500);
}

/// Events of `size` bytes shown in each of these milliseconds, when a thousand are tried at a time.
fn shown_by_bytes(config: Config, size: usize, times: &[u64]) -> Vec<usize> {
    let limiter = Limiter::new(config, 0);
    let mut lanes = [limiter.lane(), limiter.lane()];
    let mut tried = 0;
    let mut show_one = |now| {
        tried += 1;
        let lane = &mut lanes[tried % 2];
        match lane.admit(now, key(1, 1)) {
            Verdict::Show(permit) => {
                lane.captured(permit, size);
                true
            }
            Verdict::Suppress(reason) => {
                assert_eq!(reason, Reason::Bytes);
                assert!(
                    lane.closed_until(reason, now)
                        .is_some_and(|until| until > now)
                );
                false
            }
        }
    };
    let mut at = |now: &u64| (0..1000).filter(|_| show_one(*now)).count();
    times.iter().map(&mut at).collect()
}

#[test]
fn bytes_of_an_interval_are_for_events_as_they_are() {
    let config = |count, per_ms| Config {
        bytes: Some(Rate { count, per_ms }),
        fair: false,
        ..Config::unlimited()
    };
    // The bound of one event is far above the interval's bytes, and no event is near it.
    assert!(Config::unlimited().per_event.bytes > 20_000);
    let shown = shown_by_bytes(config(20_000, 100), 1_000, &[1, 50, 101, 199, 1_000]);
    assert_eq!(shown, [20, 0, 20, 0, 20]);
    // What the last event of an interval takes beyond it is one event a scheduler.
    let shown = shown_by_bytes(config(1_000, 100), 5_000, &[1, 101]);
    assert!(shown.iter().all(|n| (1..=2).contains(n)), "{shown:?}");
    // Their interval is their own: that of events is ten times as long here.
    let both = Config {
        events: Some(Rate {
            count: 1_000_000,
            per_ms: 1_000,
        }),
        ..config(10_000, 100)
    };
    let shown = shown_by_bytes(both, 1_000, &[1, 101, 201]);
    assert_eq!(shown, [10, 10, 10]);
}

#[test]
fn schedulers_share_one_rate() {
    let config = Config {
        events: Some(Rate {
            count: 100,
            per_ms: 1000,
        }),
        ..Config::unlimited()
    };
    let limiter = Limiter::new(config, 0);
    let mut lanes: Vec<Lane> = (0..4).map(|_| limiter.lane()).collect();
    let shown = (0..4000)
        .filter(|n| show(&mut lanes[n % 4], 1, key(1, 1)))
        .count();
    assert_eq!(shown, 100);
}

#[test]
fn the_rare_is_seen_beside_the_hot() {
    let config = Config {
        events: Some(Rate {
            count: 100,
            per_ms: 100,
        }),
        fair: true,
        ..Config::unlimited()
    };
    let limiter = Limiter::new(config, 0);
    let mut lane = limiter.lane();
    let mut rare = 0;
    for interval in 0..20 {
        for n in 0..10_000 {
            let now = interval * 100 + n / 100;
            show(&mut lane, now, key(1, 1));
            if n == 9_990 {
                rare += usize::from(show(&mut lane, now, key(2, 2)));
            }
        }
    }
    assert!(rare >= 19, "{rare} of 20 rare events seen");
    assert!(
        limiter.totals().shown > 1900,
        "the hot one gets what is left: {}",
        limiter.totals()
    );
}

/// A process on another scheduler that calls all the time leaves room for one that calls now and then, and so does one on the same.
#[test]
fn the_calm_is_seen_beside_the_busy() {
    for same_lane in [true, false] {
        let config = Config {
            events: Some(Rate {
                count: 20,
                per_ms: 100,
            }),
            fair: true,
            ..Config::unlimited()
        };
        let limiter = Limiter::new(config, 0);
        let (mut busy, mut other) = (limiter.lane(), limiter.lane());
        let mut seen = 0;
        for interval in 0..50 {
            let from = interval * 100;
            for ms in 0..100 {
                for _ in 0..20 {
                    show(&mut busy, from + ms, key(1, 1));
                }
                let lane = if same_lane { &mut busy } else { &mut other };
                seen += usize::from(ms % 50 == 49 && show(lane, from + ms, key(1, 2)));
            }
        }
        // Twice in an interval; in the first ones nothing is known of it.
        assert!(seen >= 90, "{seen} of 100, same scheduler: {same_lane}");
        assert_eq!(limiter.totals().shown, 50 * 20);
    }
}

#[test]
fn the_fuse_has_recons_windows() {
    let limiter = Limiter::new(Config::recon_rate(3, 1000), 0);
    let mut lane = limiter.lane();
    assert_eq!(
        (0..100).filter(|_| show(&mut lane, 1, key(1, 1))).count(),
        4
    );
    assert_eq!(limiter.ended(), Some(Reason::Rate));

    let limiter = Limiter::new(Config::recon_rate(3, 300), 0);
    let mut lane = limiter.lane();
    assert_eq!((0..2).filter(|_| show(&mut lane, 1, key(1, 1))).count(), 2);
    assert_eq!(
        (0..100).filter(|_| show(&mut lane, 500, key(1, 1))).count(),
        5
    );

    let limiter = Limiter::new(Config::recon_count(3), 0);
    let mut lane = limiter.lane();
    assert_eq!(
        (0..100).filter(|_| show(&mut lane, 1, key(1, 1))).count(),
        3
    );
    assert_eq!(limiter.ended(), Some(Reason::Count));
}

#[test]
fn a_budget_lowers_the_sampling_rate_and_raises_it_again() {
    let config = Config {
        budget_percent: Some(2.0),
        ..Config::unlimited()
    };
    let limiter = Limiter::new(config, 0);
    let mut lane = limiter.lane();
    for now in 0..2000 {
        for _ in 0..100 {
            if show(&mut lane, now, key(1, 1)) {
                lane.spent(10_000);
            }
        }
    }
    let busy = limiter.sampling_factor();
    assert!(
        (32..=128).contains(&busy),
        "1 ms of 1 ms becomes about 2 percent: factor {busy}"
    );
    for now in 2000..4000 {
        show(&mut lane, now, key(1, 1));
    }
    assert_eq!(limiter.sampling_factor(), 1);
}

#[test]
fn time_ends_a_session() {
    let limiter = Limiter::new(
        Config {
            wall_ms: Some(100),
            ..Config::unlimited()
        },
        1000,
    );
    let mut lane = limiter.lane();
    assert!(show(&mut lane, 1099, key(1, 1)));
    assert!(!show(&mut lane, 1100, key(1, 1)));
    assert_eq!(limiter.ended(), Some(Reason::Time));
}

/// Callers that stop asking while the limiter says it will refuse, and count themselves: the accounts are those of callers that always ask.
#[test]
fn who_does_not_ask_while_refused_is_accounted_for() {
    for seed in 0..200 {
        let mut random = Random(seed);
        let per_ms = 20 + random.below(200) as u32;
        let count = 1 + random.below(100) as u32;
        let config = Config {
            events: Some(Rate { count, per_ms }),
            fair: random.below(2) == 0,
            ..Config::unlimited()
        };
        let limiter = Limiter::new(config, 0);
        let mut lane = limiter.lane();
        let mut closed: std::collections::BTreeMap<u64, (u64, Reason, u64)> = Default::default();
        let (mut now, mut matched, mut shown, mut unasked) = (0, 0, 0u64, 0);
        let mut of_interval = std::collections::BTreeMap::<u64, u64>::new();
        for _ in 0..20_000 {
            now += u64::from(random.below(10) == 0);
            let key = key(random.below(12), 1);
            matched += 1;
            if let Some((until, _, count)) = closed.get_mut(&key.function)
                && now < *until
            {
                *count += 1;
                unasked += 1;
                continue;
            }
            closed.retain(|function, (until, reason, count)| {
                let open = now >= *until;
                if open {
                    lane.suppressed_unasked(*reason, *function, *count);
                }
                !open
            });
            match lane.admit(now, key) {
                Verdict::Show(permit) => {
                    lane.captured(permit, 10);
                    shown += 1;
                    *of_interval.entry(now / u64::from(per_ms)).or_default() += 1;
                }
                Verdict::Suppress(reason) => {
                    if let Some(until) = lane.closed_until(reason, now) {
                        assert!(until > now, "closed for a while");
                        closed.insert(key.function, (until, reason, 0));
                    }
                }
            }
        }
        for (function, (_, reason, count)) in closed {
            lane.suppressed_unasked(reason, function, count);
        }
        let totals = limiter.totals();
        assert!(totals.balanced(), "seed {seed}: {totals}");
        assert_eq!((totals.matched, totals.shown), (matched, shown));
        assert!(unasked > 0 && of_interval.values().all(|n| *n <= u64::from(count)));
        let gaps: u64 = lane.take_gaps(true).iter().map(|gap| gap.count).sum();
        assert_eq!(gaps, totals.suppressed_in_all(), "seed {seed}");
    }
}
