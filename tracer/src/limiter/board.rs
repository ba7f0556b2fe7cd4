//! Where the lanes of a session tell each other what they counted, so that shares are fair between schedulers too: each lane posts the counts of an interval
//! when it begins the next one, and takes those of the others with them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// What one lane matched in an interval, by key.
#[derive(Debug, Default)]
struct Post {
    interval: u32,
    counts: Vec<(u64, u32)>,
}

#[derive(Debug, Default)]
pub(super) struct Board {
    posts: Mutex<Vec<Post>>,
}

impl Board {
    /// Posts what a lane counted in the interval that has ended for it; answers what all lanes counted lately, ascending.
    pub fn settle(&self, lane: usize, interval: u32, counts: Vec<(u64, u32)>) -> Vec<u32> {
        let mut posts = self.posts.lock().unwrap_or_else(PoisonError::into_inner);
        if posts.len() <= lane {
            posts.resize_with(lane + 1, Post::default);
        }
        posts[lane] = Post { interval, counts };
        let mut sums: HashMap<u64, u32> = HashMap::new();
        // Another lane may not have begun its next interval yet: its counts of the one before hold.
        let recent = posts
            .iter()
            .filter(|post| interval.wrapping_sub(post.interval).wrapping_add(1) <= 2);
        for (key, count) in recent.flat_map(|post| &post.counts) {
            let sum = sums.entry(*key).or_default();
            *sum = sum.saturating_add(*count);
        }
        let mut all: Vec<u32> = sums.into_values().collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Board;

    #[test]
    fn lanes_see_each_other_for_two_intervals() {
        let board = Board::default();
        assert_eq!(board.settle(0, 5, vec![(1, 100), (2, 3)]), [3, 100]);
        assert_eq!(board.settle(1, 5, vec![(1, 50), (3, 7)]), [3, 7, 150]);
        assert_eq!(board.settle(1, 6, vec![(3, 8)]), [3, 8, 100]);
        assert_eq!(board.settle(1, 7, vec![(3, 9)]), [9]);
    }
}
