//! One quantity at a time: costs, texts, roundings, each beside its peers.

fn main() {}
