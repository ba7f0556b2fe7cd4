//! One tree a request.

use crate::made::{atom, int, list, mfa, opaque, story, tuple};
use transom_tracer::event::Kind;

#[test]
fn each_request_has_a_tree_across_processes() {
    let (a, b, c) = ("<0.1.0>", "<0.2.0>", "<0.3.0>");
    let message = || tuple(vec![atom("book"), int(7)]);
    let args = |items| list(items);
    let shown = story(
        "tree",
        &[
            (
                a,
                Kind::Call,
                0,
                1,
                true,
                vec![mfa("shop", "order", args(vec![int(7)]))],
            ),
            (
                a,
                Kind::Call,
                10,
                1,
                true,
                vec![mfa("stock", "take", args(vec![int(7)]))],
            ),
            (
                c,
                Kind::Call,
                11,
                2,
                true,
                vec![mfa("shop", "order", args(vec![int(8)]))],
            ),
            (
                a,
                Kind::ReturnFrom,
                90,
                1,
                false,
                vec![mfa("stock", "take", int(1)), int(1)],
            ),
            (a, Kind::Send, 95, 1, false, vec![message(), opaque(b)]),
            (b, Kind::Receive, 96, 1, false, vec![message()]),
            (
                b,
                Kind::Call,
                97,
                1,
                false,
                vec![mfa("ledger", "book", args(vec![int(7)]))],
            ),
            (
                c,
                Kind::ExceptionFrom,
                99,
                2,
                false,
                vec![mfa("shop", "order", int(1)), atom("no")],
            ),
            (
                a,
                Kind::Spawn,
                100,
                1,
                false,
                vec![opaque("<0.4.0>"), mfa("m", "child", args(vec![]))],
            ),
            (
                "<0.4.0>",
                Kind::Call,
                101,
                1,
                false,
                vec![mfa("m", "child", args(vec![]))],
            ),
            (
                a,
                Kind::ReturnFrom,
                1_200,
                1,
                false,
                vec![mfa("shop", "order", int(1)), atom("ok")],
            ),
            (
                c,
                Kind::Call,
                1_300,
                0,
                false,
                vec![mfa("m", "outside", args(vec![]))],
            ),
        ],
    );
    assert_eq!(
        shown,
        "request 1\n\
        \x20 <0.1.0> shop:order(7) -> ok (1.2 ms)\n\
        \x20   stock:take(7) -> 1 (80.0 us)\n\
        \x20   <0.2.0> ! {book,7}\n\
        \x20     <0.2.0> << {book,7}\n\
        \x20     <0.2.0> ledger:book(7)\n\
        \x20   spawned <0.4.0> as m:child/0\n\
        \x20     <0.4.0> m:child()\n\
        request 2\n\
        \x20 <0.3.0> shop:order(8) ** no (88.0 us)\n"
    );
}
