//! Tests of the heap: maps.
use super::*;
use std::collections::BTreeMap;

fn check(h: &Heap, m: Map<'_>, model: &BTreeMap<i64, i64>) {
    assert_eq!(m.len(), model.len());
    let mut seen: Vec<(i64, i64)> = m
        .iter()
        .map(|(k, v)| (k.as_small().expect("key"), v.as_small().expect("value")))
        .collect();
    seen.sort();
    assert_eq!(
        seen,
        model.iter().map(|(k, v)| (*k, *v)).collect::<Vec<_>>()
    );
    for k in model.keys() {
        assert_eq!(m.get(h.int(*k)).and_then(|v| v.as_small()), Some(model[k]));
    }
    assert!(m.get(h.int(-1)).is_none());
    // The shape depends on the pairs alone.
    let pairs: Vec<_> = model
        .iter()
        .rev()
        .map(|(k, v)| (h.int(*k), h.int(*v)))
        .collect();
    assert!(eq_exact(h.map_from_pairs(&pairs), m.term()));
}

#[test]
fn maps_agree_with_a_model() {
    let h = heap();
    let mut seed = 12345u64;
    let mut next = |n: u64| {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (seed >> 33) % n
    };
    for range in [10, 40, 300, 5000] {
        let mut t = h.map_from_pairs(&[]);
        let mut model = BTreeMap::new();
        for step in 0..(range * 3).min(4000) {
            let m = t.as_map().expect("map");
            let k = next(range) as i64;
            if next(3) == 0 {
                t = h.map_remove(m, h.int(k));
                model.remove(&k);
            } else {
                t = h.map_put(m, h.int(k), h.int(step as i64));
                model.insert(k, step as i64);
            }
            if step % (range / 8 + 1) == 0 {
                check(&h, t.as_map().expect("map"), &model);
            }
        }
        check(&h, t.as_map().expect("map"), &model);
    }
}

#[test]
fn merge_takes_the_second() {
    let h = heap();
    for (n, m) in [(5, 5), (20, 20), (100, 3), (3, 100), (200, 200), (40, 33)] {
        let a: Vec<_> = (0..n).map(|i| (h.int(i), h.int(1))).collect();
        let b: Vec<_> = (n / 2..n / 2 + m).map(|i| (h.int(i), h.int(2))).collect();
        let (a, b) = (h.map_from_pairs(&a), h.map_from_pairs(&b));
        let t = h.map_merge(a.as_map().expect("map"), b.as_map().expect("map"));
        let mut model: BTreeMap<i64, i64> = (0..n).map(|i| (i, 1)).collect();
        model.extend((n / 2..n / 2 + m).map(|i| (i, 2)));
        check(&h, t.as_map().expect("map"), &model);
    }
}

#[test]
fn small_maps_are_sorted_by_key_and_integers_come_first() {
    let h = heap();
    let a = |s: &str| Term::atom(h.env().atoms.intern(s).expect("room"));
    let keys = [
        h.binary(b"x"),
        a("zeta"),
        h.float(1.0),
        h.int(2),
        a("alpha"),
        h.int(1),
        h.tuple(&[]),
        h.list(&[h.int(1)]),
    ];
    let pairs: Vec<_> = keys.iter().map(|k| (*k, Term::NIL)).collect();
    let m = h.map_from_pairs(&pairs);
    let order: Vec<String> = m
        .as_map()
        .expect("map")
        .iter()
        .map(|(k, _)| format!("{k:?}"))
        .collect();
    assert_eq!(order[..3], ["1", "2", "1.0"]);
    assert!(eq_exact(
        m.as_map().expect("map").iter().nth(3).expect("four").0,
        a("alpha")
    ));
}

#[test]
fn large_maps_survive_collection() {
    let mut h = heap();
    let pairs: Vec<_> = (0..2000)
        .map(|i| (h.tuple(&[h.int(i)]), h.float(i as f64)))
        .collect();
    let mut root = [h.map_from_pairs(&pairs).raw()];
    for _ in 0..4 {
        h.collect(0, &mut [&mut root]);
    }
    let m = unsafe { h.term(root[0]) }.as_map().expect("map");
    for i in 0..2000 {
        let key = h.tuple(&[h.int(i)]);
        assert!(matches!(m.get(key).map(Term::kind), Some(Kind::Float(f)) if f == i as f64));
    }
}
