//! `recon_trace` as captured, its known bugs behind their switch, records by name.

use crate::made::{atom, copy, event_again, int, list, mfa, pid, show, string, tuple};
use crate::support::Term;
use transom_tracer::event::Kind;
use transom_tracer::style::{Offline, Recon, RecordView};

#[test]
fn recon_prints_as_captured() {
    let f2 = || mfa("m", "f", int(2));
    let call = |args| vec![mfa("m", "f", list(args))];
    let rows: Vec<(Kind, Vec<Term>, Option<Term>, &str)> = vec![
        (Kind::Receive, vec![atom("hi")], None, "< hi"),
        (Kind::Send, vec![atom("hi"), pid()], None, " > <0.9.0>: hi"),
        (
            Kind::SendToNonExisting,
            vec![atom("hi"), pid()],
            None,
            " > (non_existent) <0.9.0>: hi",
        ),
        (
            Kind::Call,
            call(vec![atom("a"), string("b")]),
            None,
            "m:f(a, \"b\")",
        ),
        (Kind::Call, vec![f2()], None, "m:f/2"),
        (Kind::Call, call(vec![int(1)]), Some(f2()), "m:f(1) {m,f,2}"),
        (
            Kind::Call,
            call(vec![Term::Map(vec![
                (atom("a"), int(1)),
                (atom("b"), int(2)),
            ])]),
            None,
            "m:f(#{a=>1, b=>2})",
        ),
        (Kind::ReturnTo, vec![f2()], None, " '--> m:f/2"),
        (
            Kind::ReturnFrom,
            vec![f2(), atom("ok")],
            None,
            "m:f/2 --> ok",
        ),
        (
            Kind::ExceptionFrom,
            vec![f2(), tuple(vec![atom("error"), atom("badarg")])],
            None,
            "m:f/2 error badarg",
        ),
        (
            Kind::Spawn,
            vec![pid(), mfa("m", "f", list(vec![]))],
            None,
            "spawned <0.9.0> as m:f()",
        ),
        (Kind::Exit, vec![atom("normal")], None, "EXIT normal"),
        (Kind::Link, vec![pid()], None, "link(<0.9.0>)"),
        (Kind::Unlink, vec![pid()], None, "unlink(<0.9.0>)"),
        (
            Kind::GettingLinked,
            vec![pid()],
            None,
            "getting linked by <0.9.0>",
        ),
        (
            Kind::GettingUnlinked,
            vec![pid()],
            None,
            "getting unlinked by <0.9.0>",
        ),
        (
            Kind::Register,
            vec![atom("name")],
            None,
            "registered as name",
        ),
        (
            Kind::Unregister,
            vec![atom("name")],
            None,
            "no longer registered as name",
        ),
        (Kind::In, vec![f2()], None, "scheduled in for m:f/2"),
        (Kind::In, vec![int(0)], None, "scheduled in"),
        (Kind::Out, vec![f2()], None, "scheduled out from m:f/2"),
    ];
    for (kind, payload, extra, expected) in rows {
        for compat in [true, false] {
            let expected = format!("\n4:49:13.886076 <0.9.0> {expected}\n");
            let shown = event_again(&payload);
            assert_eq!(
                show(
                    &mut Recon::new(compat),
                    &Offline,
                    kind,
                    shown,
                    extra.as_ref().map(copy)
                ),
                expected
            );
        }
    }
}

#[test]
fn recons_known_bugs_come_only_with_the_switch() {
    let spawned = || vec![pid(), mfa("m", "f", list(vec![]))];
    let time = "\n4:49:13.886076 <0.9.0> ";
    assert_eq!(
        show(
            &mut Recon::new(true),
            &Offline,
            Kind::Spawned,
            spawned(),
            None
        ),
        format!("{time}unknown trace type spawned -- [<0.9.0>,{{m,f,[]}}]\n")
    );
    assert_eq!(
        show(
            &mut Recon::new(false),
            &Offline,
            Kind::Spawned,
            spawned(),
            None
        ),
        format!("{time}spawned by <0.9.0> as m:f()\n")
    );
    let gc = || {
        let pair = |name: &str, value| tuple(vec![atom(name), int(value)]);
        vec![list(vec![
            pair("heap_size", 1),
            pair("old_heap_size", 2),
            pair("mbuf_size", 3),
        ])]
    };
    assert_eq!(
        show(
            &mut Recon::new(true),
            &Offline,
            Kind::GcMinorStart,
            gc(),
            None
        ),
        format!(
            "{time}unknown trace type gc_minor_start -- [[{{heap_size,1}},\n{blank}{{old_heap_size,\n{blank} 2}},\n{blank}{{mbuf_size,3}}]]\n",
            blank = " ".repeat(62)
        )
    );
    assert_eq!(
        show(
            &mut Recon::new(false),
            &Offline,
            Kind::GcMinorStart,
            gc(),
            None
        ),
        format!("{time}gc beginning -- heap 6 bytes\n")
    );
}

#[test]
fn recon_shows_imported_records_by_name() {
    let mut style = Recon::new(false);
    let fields = ["name", "age", "email"].map(str::to_owned).to_vec();
    style.records.insert(
        ("user".into(), 3),
        RecordView {
            fields: fields.clone(),
            only: None,
        },
    );
    let user = |name: &str| tuple(vec![atom("user"), atom(name), int(1), string("x@y.z")]);
    let args = vec![mfa(
        "tt",
        "takes",
        list(vec![list(vec![
            user("a"),
            tuple(vec![atom("x"), user("b")]),
        ])]),
    )];
    let time = "\n4:49:13.886076 <0.9.0> ";
    assert_eq!(
        show(&mut style, &Offline, Kind::Call, args, None),
        format!(
            "{time}tt:takes([#user{{name=a, age=1, email=\"x@y.z\"}},{{x, #user{{name=b, age=1, email=\"x@y.z\"}}}}])\n"
        )
    );
    style.records.insert(
        ("user".into(), 3),
        RecordView {
            fields,
            only: Some(vec!["name".into()]),
        },
    );
    let args = vec![mfa("tt", "takes", list(vec![user("bob")]))];
    assert_eq!(
        show(&mut style, &Offline, Kind::Call, args, None),
        format!("{time}tt:takes(#user{{name=bob, more='...'}})\n")
    );
}
