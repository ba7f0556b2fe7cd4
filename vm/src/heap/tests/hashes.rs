//! `phash2` against answers recorded from `erl` (OTP 25).

use super::*;
use crate::heap::hash::phash2;

#[test]
fn values_are_those_of_erlang() {
    let h = heap();
    let i = |n: i64| h.int(n);
    let a = |s: &str| Term::atom(h.env().atoms.intern(s).expect("room"));
    let l = |e: &[Term<'_>]| h.list(&e.iter().map(|t| h.copy_in(*t)).collect::<Vec<_>>());
    let bsl = |n: i64| {
        h.int_bsl(h.int(1), h.int(n))
            .expect("integers")
            .expect("room")
    };
    let m = |e: &[(Term<'_>, Term<'_>)]| {
        h.map_from_pairs(
            &e.iter()
                .map(|(k, v)| (h.copy_in(*k), h.copy_in(*v)))
                .collect::<Vec<_>>(),
        )
    };
    let nil = Term::NIL;
    let hundred: Vec<_> = (1..=100).map(|n| (i(n), h.list(&[i(n)]))).collect();
    let thousand: Vec<_> = (1..=1000).map(i).collect();
    let cases = [
        (nil, 113427502),
        (a("a"), 97),
        (l(&[a("a")]), 23864141),
        (l(&[nil]), 96416884),
        (nil, 113427502),
        (h.string("abc"), 117343302),
        (h.string("abcd"), 7922743),
        (h.string("abcde"), 71169904),
        (h.string("hello world this is long"), 27516586),
        (l(&[i(1), i(2), i(3), i(4), i(5)]), 66056394),
        (h.list_with_tail(&[i(1), i(2)], i(3)), 8851781),
        (l(&[i(300), i(1)]), 12314199),
        (h.tuple(&[]), 87486268),
        (h.tuple(&[a("a")]), 35332806),
        (
            h.tuple(&[a("a"), h.cons(a("b"), a("c")), h.float(1.5)]),
            40170370,
        ),
        (i(0), 88723725),
        (i(1), 2614250),
        (i(-1), 44071773),
        (i(255), 44734653),
        (i(134217727), 112602999),
        (i(134217728), 12354923),
        (i(-134217728), 69672967),
        (i(-134217729), 76739502),
        (i(576460752303423487), 27520264),
        (i(576460752303423488), 26969617),
        (i(-576460752303423489), 36462311),
        (bsl(100), 126219984),
        (
            h.int_neg(bsl(130)).expect("an integer").expect("room"),
            15724855,
        ),
        (h.float(0.0), 20875736),
        (h.float(1.5), 10380315),
        (h.float(-2.25e100), 19609194),
        (h.binary(&[]), 13708901),
        (h.binary(&[1]), 76691218),
        (
            h.binary(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
            92101820,
        ),
        (h.bitstring(&[1, 2, 3 << 3], 21), 6593870),
        (m(&[]), 39679005),
        (m(&[(a("a"), i(1))]), 59617982),
        (m(&[(a("a"), i(1)), (a("b"), l(&[i(2), a("c")]))]), 71715369),
        (
            m(&[(m(&[(i(1), i(2))]), l(&[m(&[])])), (a("x"), a("y"))]),
            66647730,
        ),
        (a("größe"), 7283797),
        (
            l(&[l(&[a("a"), l(&[a("b")])]), nil, h.tuple(&[nil])]),
            123056128,
        ),
        (l(&[i(97), i(98), a("foo")]), 113336809),
        (
            h.list_with_tail(&[i(97), i(98), i(99), i(100)], a("foo")),
            127033393,
        ),
        (h.map_from_pairs(&hundred), 1661040),
        (h.list(&thousand), 2642358),
    ];
    for (t, want) in cases {
        assert_eq!(phash2(&h.env().atoms, t), want, "{t:?}");
    }
}
