//! Tests of the heap: integers.
use super::*;
use dashu_int::IBig;

fn numbers() -> Vec<IBig> {
    let mut all: Vec<IBig> = Vec::new();
    for bits in [
        0usize, 1, 31, 58, 59, 60, 63, 64, 65, 127, 128, 192, 700, 1023, 1024, 1100, 2500,
    ] {
        for d in [-1i32, 0, 1, 12345] {
            let n = (IBig::from(1) << bits) + IBig::from(d);
            all.push(-n.clone());
            all.push(n);
        }
    }
    all.push(IBig::from(0));
    all
}

fn term<'h>(h: &'h Heap, n: &IBig) -> Term<'h> {
    h.int_parse(n.to_string().as_bytes(), 10)
        .expect("a number")
        .expect("room")
}

fn check(what: &str, a: &IBig, b: &IBig, got: IntResult<'_>, want: IBig) {
    let t = got.expect("integers").expect("room");
    assert_eq!(
        Int::of(t).expect("integer").to_text(10),
        want.to_string(),
        "{a} {what} {b}"
    );
    if let Kind::Big(b) = t.kind() {
        assert!(b.limbs().last() != Some(&0));
        assert!(b.limbs().len() > 1 || b.limbs()[0] >= 1 << 59);
    }
}

#[test]
fn arithmetic_agrees_with_dashu() {
    let all = numbers();
    for a in &all {
        let h = heap();
        for b in &all {
            let (x, y) = (term(&h, a), term(&h, b));
            check("+", a, b, h.int_add(x, y), a + b);
            check("-", a, b, h.int_sub(x, y), a - b);
            check("*", a, b, h.int_mul(x, y), a * b);
            check("band", a, b, h.int_band(x, y), a & b);
            check("bor", a, b, h.int_bor(x, y), a | b);
            check("bxor", a, b, h.int_bxor(x, y), a ^ b);
            if *b != IBig::from(0) {
                check("div", a, b, h.int_div(x, y), a / b);
                check("rem", a, b, h.int_rem(x, y), a % b);
            } else {
                assert!(h.int_div(x, y).is_none());
            }
            assert_eq!(cmp(&h.env().atoms, x, y), a.cmp(b), "{a} <=> {b}");
            assert_eq!(eq_exact(x, y), a == b);
        }
    }
}

#[test]
fn shifts_round_down() {
    for a in &numbers() {
        let h = heap();
        for n in [0usize, 1, 4, 59, 63, 64, 65, 130, 3000] {
            let (x, y) = (term(&h, a), h.int(n as i64));
            let count = IBig::from(n);
            check("bsl", a, &count, h.int_bsl(x, y), a << n);
            check("bsr", a, &count, h.int_bsr(x, y), a >> n);
            check("bsl -", a, &count, h.int_bsl(x, h.int(-(n as i64))), a >> n);
        }
    }
}

#[test]
fn too_big_is_an_error_without_computing() {
    let h = heap();
    let one = h.int(1);
    let large = h
        .int_bsl(one, h.int(MAX_BITS as i64 - 1))
        .expect("integers")
        .expect("room");
    assert_eq!(
        h.int_bsl(one, h.int(MAX_BITS as i64))
            .expect("integers")
            .map(|_| ()),
        Err(TooBig)
    );
    assert_eq!(
        h.int_bsl(
            one,
            h.int_bsl(one, h.int(100)).expect("integers").expect("room")
        )
        .expect("integers")
        .map(|_| ()),
        Err(TooBig)
    );
    assert_eq!(
        h.int_add(large, large).expect("integers").map(|_| ()),
        Err(TooBig)
    );
    assert_eq!(
        h.int_mul(large, large).expect("integers").map(|_| ()),
        Err(TooBig)
    );
}

#[test]
fn floats_round_to_even_and_compare_exactly() {
    let h = heap();
    for (text, want) in [
        ("9007199254740993", 9007199254740992.0),
        ("9007199254740995", 9007199254740996.0),
        ("36893488147419107329", 36893488147419111424.0),
        ("-18446744073709551616", -18446744073709551616.0),
    ] {
        let t = h
            .int_parse(text.as_bytes(), 10)
            .expect("a number")
            .expect("room");
        assert_eq!(Int::of(t).and_then(|i| i.to_f64()), Some(want), "{text}");
    }
    let atoms = &h.env().atoms;
    let big = h
        .int_bsl(h.int(1), h.int(100))
        .expect("integers")
        .expect("room");
    let f = h.float(2f64.powi(100));
    assert!(eq(big, f) && !eq_exact(big, f));
    assert!(
        cmp(
            atoms,
            h.int_add(big, h.int(1)).expect("integers").expect("room"),
            f
        )
        .is_gt()
    );
    assert!(cmp(atoms, h.int(9007199254740993), h.float(9007199254740992.0)).is_gt());
    assert!(cmp(atoms, h.int(1), h.float(1.5)).is_lt());
    assert!(cmp_exact(atoms, h.int(2), h.float(1.0)).is_lt());
    for x in [1.0e18, -1.0e19, 1.5e300, 123456789.9, -0.5] {
        let t = h.int_from_f64(x);
        assert_eq!(Int::of(t).and_then(|i| i.to_f64()), Some(x.trunc()));
    }
}

#[test]
fn bytes_round_trip() {
    let h = heap();
    for a in &numbers() {
        let t = term(&h, a);
        let bytes = Int::of(t).expect("integer").to_le_bytes(400);
        assert!(eq_exact(h.int_from_le_bytes(&bytes, true), t), "{a}");
    }
}
