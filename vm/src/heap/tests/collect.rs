//! Tests of the heap: collect.
use super::*;

/// A tree of tuples, lists, binaries and maps that says how it was made.
fn tree<'h>(h: &'h Heap, depth: i64, seed: i64) -> Term<'h> {
    if depth == 0 {
        return match seed % 5 {
            0 => h.int(seed),
            1 => h.float(seed as f64 / 3.0),
            2 => h.binary(&vec![seed as u8; (seed % 200) as usize]),
            3 => h.big(seed % 2 == 0, &[seed as u64, 7]),
            _ => h.string("leaf"),
        };
    }
    let (a, b) = (
        tree(h, depth - 1, seed * 2 + 1),
        tree(h, depth - 1, seed * 2 + 2),
    );
    match seed % 4 {
        0 => h.tuple(&[a, b]),
        1 => h.cons(a, b),
        2 => h.map_from_pairs(&[
            (h.int(1), a),
            (h.float(1.0), b),
            (Term::atom(crate::atoms::OK), h.int(seed)),
        ]),
        _ => h.list(&[a, h.make_ref(), b]),
    }
}

#[test]
fn terms_survive_minor_and_full_collections() {
    let mut h = heap();
    let mut root = [tree(&h, 10, 0).raw(), Word::NIL];
    let copy = OwnedTerm::new(unsafe { h.term(root[0]) });
    for i in 0..40 {
        {
            let t = tree(&h, 6, i);
            root[1] = t.raw();
            tree(&h, 5, i);
        }
        let mut sets: [&mut [Word]; 1] = [&mut root];
        let c = if i % 10 == 9 {
            h.collect_full(10, &mut sets)
        } else {
            h.collect(10, &mut sets)
        };
        assert!(h.free_words() >= 10);
        assert_eq!(c.full, i % 10 == 9 || c.full);
        h.verify(&mut [&mut root]);
        assert!(eq_exact(copy.term(), unsafe { h.term(root[0]) }));
        let again = OwnedTerm::new(unsafe { h.term(root[1]) });
        assert_eq!(again.words(), size_words(again.term()));
    }
    assert!(h.gc_stats().minors >= 30);
}

/// A large binary that lives on is no reason to sweep everything each time.
#[test]
fn large_old_binaries_leave_collections_minor() {
    let mut h = heap();
    let mut root = [h.binary(&vec![7; 4 << 20]).raw()];
    for _ in 0..20 {
        tree(&h, 6, 1);
        let mut sets: [&mut [Word]; 1] = [&mut root];
        h.collect(10, &mut sets);
    }
    assert!(h.gc_stats().fulls <= 2, "{} full", h.gc_stats().fulls);
    // As many bytes again that died old are.
    for _ in 0..4 {
        let mut both = [h.binary(&vec![7; 4 << 20]).raw(), root[0]];
        for _ in 0..3 {
            let mut sets: [&mut [Word]; 1] = [&mut both];
            h.collect(10, &mut sets);
        }
        root[0] = both[1];
    }
    assert!(h.gc_stats().fulls >= 2);
    assert!(h.off_old.bytes <= 12 << 20);
}

#[test]
fn dead_binaries_are_given_up_and_live_ones_kept() {
    let mut h = heap();
    let block = CountedBytes::new(&[7; 1000]);
    let mut root = [h.counted(block.clone(), 8000).raw()];
    for _ in 0..50 {
        h.counted(block.clone(), 8000);
    }
    assert_eq!(block.holders(), 52);
    h.collect(0, &mut [&mut root]);
    assert_eq!(block.holders(), 2);
    h.collect(0, &mut [&mut root]);
    h.collect_full(0, &mut [&mut root]);
    assert_eq!(block.holders(), 2);
    let owned = OwnedTerm::new(unsafe { h.term(root[0]) });
    assert_eq!(block.holders(), 3);
    h.collect_full(0, &mut []);
    assert_eq!(block.holders(), 2);
    h.adopt(owned);
    drop(h);
    assert_eq!(block.holders(), 1);
}

#[test]
fn the_stack_moves_with_the_block_and_keeps_its_words() {
    let mut h = heap();
    let deep = 200_000;
    for i in 0..deep {
        if h.free_words() < 4 {
            h.collect(4, &mut []);
        }
        let t = h.int(i as i64);
        let c = h.cons(t, Term::NIL).raw();
        let sp = h.sp().wrapping_sub(2);
        unsafe {
            sp.write(c);
            sp.add(1).write(Word::return_address(8 * (i as u64 + 1)));
        }
        h.set_tops(h.htop(), sp);
    }
    let stack = h.stack();
    assert_eq!(stack.len(), 2 * deep);
    for (n, w) in stack.chunks(2).enumerate() {
        let i = deep - 1 - n;
        assert_eq!(w[1].return_target(), 8 * (i as u64 + 1));
        let t = unsafe { h.term(w[0]) };
        assert_eq!(
            t.as_cons().and_then(|c| c.head().as_small()),
            Some(i as i64)
        );
    }
}

#[test]
fn memory_is_given_back_after_a_peak() {
    let mut h = heap();
    let mut root = [Word::NIL];
    {
        let all: Vec<Term<'_>> = (0..500_000).map(|i| h.int(i)).collect();
        root[0] = h.list(&all).raw();
    }
    h.collect(0, &mut [&mut root]);
    assert!(h.total_words() > 900_000);
    root[0] = Word::NIL;
    for _ in 0..3 {
        h.collect_full(0, &mut [&mut root]);
    }
    assert!(h.total_words() < 100_000, "{:?}", h.sizes());
    let used = h.env().budget.used();
    assert_eq!(used, h.total_words() * 8);
}

#[test]
fn reserved_words_stay_free() {
    let mut h = heap();
    h.collect(40, &mut []);
    h.set_reserve(40);
    let top = h.htop();
    for i in 0..100 {
        h.tuple(&[h.int(i), h.int(i)]);
    }
    assert!(h.free_words() >= 40);
    assert!(h.htop() > top || h.sizes().mbuf_size > 0);
}

#[test]
fn literals_are_shared_and_can_be_left() {
    let e = env();
    let scratch = Heap::new(&e, HeapOptions::default());
    let t = tree(&scratch, 6, 2);
    let block = e.literals.place(&[t]).expect("room");
    let mut h = Heap::new(&e, HeapOptions::default());
    let lit = Word(block.roots()[0].0);
    let mut root = [{
        let l = unsafe { h.term(lit) };
        h.tuple(&[l, l]).raw()
    }];
    for _ in 0..3 {
        h.collect(0, &mut [&mut root]);
    }
    let get = |h: &Heap, w: Word| {
        unsafe { h.term(w) }
            .as_tuple()
            .and_then(|t| t.get(1))
            .map(|t| t.raw())
    };
    assert_eq!(get(&h, root[0]), Some(lit));
    let ranges: Ranges = [block.range()].into_iter().collect();
    assert!(h.reaches(&ranges));
    h.evacuate(&ranges, &mut [&mut root]);
    assert!(!h.reaches(&ranges));
    assert_ne!(get(&h, root[0]), Some(lit));
    drop(block);
    h.collect_full(0, &mut [&mut root]);
    let left = get(&h, root[0]).expect("a pair");
    assert!(eq_exact(scratch.copy_in(unsafe { h.term(left) }), t));
}

#[test]
fn many_parts_of_a_literal_are_left_as_one() {
    let e = env();
    let scratch = Heap::new(&e, HeapOptions::default());
    let binary = scratch.binary(&[7; 1000]);
    let numbers: Vec<Term<'_>> = (0..1000)
        .map(|i| scratch.tuple(&[scratch.int(i), binary]))
        .collect();
    let kept = e.literals.place(&[scratch.list(&numbers)]).expect("room");
    let going = e.literals.place(&[scratch.list(&numbers)]).expect("room");
    let mut h = Heap::new(&e, HeapOptions::default());
    let mut roots: Vec<Word> = Vec::new();
    for block in [&kept, &going] {
        let mut tail = block.get(0).expect("the list");
        while let Some(cons) = tail.as_cons() {
            roots.push(tail.raw());
            tail = cons.tail();
        }
    }
    let ranges: Ranges = [going.range()].into_iter().collect();
    let words = going.words();
    h.evacuate(&ranges, &mut [&mut roots]);
    assert!(h.used_words() <= 2 * words, "{} of {words}", h.used_words());
    drop(going);
    h.collect_full(0, &mut [&mut roots]);
    assert!(h.used_words() <= 2 * words, "{} of {words}", h.used_words());
    for (i, w) in roots.iter().enumerate() {
        assert_eq!(kept.range().has(*w), i < 1000);
        // SAFETY: a root of this heap, or a literal of the block that is alive.
        let first = unsafe { h.term(*w) }.as_cons().expect("a tail").head();
        let pair = first.as_tuple().expect("a pair");
        assert_eq!(pair.get(0).and_then(Term::as_small), Some(i as i64 % 1000));
        let bytes = pair.get(1).and_then(Term::as_binary).expect("bytes");
        assert_eq!(bytes.to_vec(), [7; 1000]);
    }
}

#[test]
fn a_full_area_stays_whole() {
    let area = LiteralArea::of_bytes(1 << 16);
    let h = heap();
    let list = |n| h.list(&vec![Term::NIL; n]);
    let (small, large) = (list(10), list(1000));
    let place = |t| area.place(&[t]);
    let first = place(small).expect("room");
    let large_ones: Vec<LiteralBlock> = std::iter::from_fn(|| place(large)).collect();
    assert_eq!(large_ones.len(), 4);
    assert!(!area.has_spare(1));
    let second = place(small).expect("the small one still fits");
    assert!(!first.range().has(second.roots()[0]));
    for block in [&first, &second] {
        assert!(eq_exact(block.get(0).expect("the list"), small));
    }
    drop((large_ones, first, second));
    assert!(area.has_spare(1 << 12) && !area.has_spare((1 << 12) + 1));
    assert!(place(list(4096)).is_some(), "in one piece again");
}

#[test]
fn appending_grows_in_place_for_one_writer_only() {
    let mut h = heap();
    let mut acc = h.binary(&[1; 100]).raw();
    let first = acc;
    let mut blocks = Vec::new();
    for i in 0..1000u32 {
        let bits: Bits<'_> = unsafe { Term::from_raw(acc) }.as_bits().expect("bits");
        let (t, data, at) = h.append(bits, 8);
        unsafe { data.add(at / 8).write(i as u8) };
        acc = t.raw();
        blocks.push(data as usize);
    }
    blocks.dedup();
    assert!(
        blocks.len() < 12,
        "in place but for doublings: {}",
        blocks.len()
    );
    let bytes = unsafe { h.term(acc) }.as_binary().expect("binary").to_vec();
    assert_eq!(bytes.len(), 1100);
    assert!(bytes[100..].iter().enumerate().all(|(i, b)| *b == i as u8));
    // The old value ends before the used bits: appending to it copies.
    let (t, data, at) = h.append(unsafe { Term::from_raw(first) }.as_bits().expect("bits"), 8);
    unsafe { data.add(at / 8).write(99) };
    assert_eq!(t.as_binary().expect("binary").len(), 101);
    assert_eq!(
        unsafe { h.term(acc) }.as_binary().expect("binary").to_vec(),
        bytes
    );
}
