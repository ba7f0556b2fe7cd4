//! Printing never recurses on the native stack, and text that is not in the recorded answers.

mod support;

use support::{Term, atom, list};
use transom_pretty::{FormatOptions, Options, Records, format, print, record_candidates};

const DEPTH: usize = 1_000_000;

fn on_small_stack(check: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(128 * 1024)
        .spawn(check)
        .expect("a thread")
        .join()
        .expect("no overflow");
}

#[test]
fn a_list_nested_a_million_deep_prints() {
    on_small_stack(|| {
        let term = (0..DEPTH).fold(Term::Nil, |inner, _| list(vec![inner]));
        for sequence in ["~w", "~p", "~0p"] {
            let text = format(sequence, &[&term], &FormatOptions::default()).expect("prints");
            assert_eq!(text.len(), 2 * DEPTH + 2);
            assert!(text.starts_with("[[[") && text.ends_with("]]]"));
        }
        assert_eq!(
            format("~P", &[&term, &Term::Int(3)], &FormatOptions::default()).expect("prints"),
            "[[[...]]]"
        );
    });
}

#[test]
fn tuples_nested_deep_align_without_recursion() {
    on_small_stack(|| {
        let term = (0..2_000).fold(atom("z"), |inner, _| Term::Tuple(vec![atom("a"), inner]));
        let text = print(&term, &Options::default());
        assert!(text.starts_with("{a,\n {a,\n  {a,"), "{}", &text[..40]);
        assert!(record_candidates(&term).contains(&("a".to_owned(), 1)));
    });
}

#[test]
fn a_long_flat_list_wraps() {
    let term = list((0..100_000).map(|n| Term::Int(n + 1000)).collect());
    let text = print(&term, &Options::default());
    assert!(text.lines().all(|line| line.len() < 80));
}

#[test]
fn opaque_terms_stand_among_the_simple_ones() {
    let term = list(vec![
        Term::Opaque("<0.9.0>".into()),
        Term::Opaque("#Ref<0.1.2.3>".into()),
        Term::Opaque("#Fun<m.1.2>".into()),
    ]);
    assert_eq!(
        print(
            &term,
            &Options {
                line_length: 26,
                ..Options::default()
            }
        ),
        "[<0.9.0>,#Ref<0.1.2.3>,\n #Fun<m.1.2>]"
    );
}

struct OneField;

impl Records for OneField {
    fn fields(&self, tag: &str, _fields: usize) -> Option<Vec<String>> {
        (tag == "r").then(|| vec!["only".to_owned()])
    }
}

#[test]
fn a_record_with_a_wrong_number_of_names_stays_a_tuple() {
    let term = Term::Tuple(vec![atom("r"), Term::Int(1), Term::Int(2)]);
    let options = FormatOptions {
        records: &OneField,
        ..FormatOptions::default()
    };
    assert_eq!(format("~p", &[&term], &options).expect("prints"), "{r,1,2}");
}

#[test]
fn a_limit_on_characters_cuts_lists_and_strings() {
    let limited = |limit, term: &Term| {
        let options = FormatOptions {
            chars_limit: limit,
            ..FormatOptions::default()
        };
        format("~p", &[term], &options).expect("prints")
    };
    let ints = list((1..=30).map(Term::Int).collect());
    assert_eq!(limited(0, &ints), "...");
    assert_eq!(limited(5, &ints), "[...]");
    assert_eq!(limited(6, &ints), "[1|...]");
    assert_eq!(limited(15, &ints), "[1,2,3,4,5|...]");
    let text = list(
        "abcdefghijklmnopqrstuvwxyz"
            .chars()
            .map(|c| Term::Int(i64::from(u32::from(c))))
            .collect(),
    );
    assert_eq!(limited(4, &text), "[...]");
    assert_eq!(limited(10, &text), "\"abcdefgh\"...");
    assert_eq!(limited(28, &text), "\"abcdefghijklmnopqrstuvwxyz\"");
    let million = (0..DEPTH).fold(Term::Nil, |inner, _| list(vec![inner]));
    assert!(limited(100, &million).len() <= 105);
    let options = FormatOptions {
        chars_limit: 10,
        ..FormatOptions::default()
    };
    assert_eq!(
        format("~s~s", &[&text, &text], &options).expect("prints"),
        "ab...ab..."
    );
}
