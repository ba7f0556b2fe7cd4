//! The VM as a whole and its builder: the embedding API.
