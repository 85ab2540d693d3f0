//! Bills.

fn main() {}
