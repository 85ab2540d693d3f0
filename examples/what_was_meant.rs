//! What does the error say about a unit that could mean two things?

use bandwidth_cost::{DataRate, DataVolume, Share};

fn main() {
    if let Err(error) = "10 mb".parse::<DataVolume>() {
        println!("{error}");
    }
    if let Err(error) = "40 MBPS".parse::<DataRate>() {
        println!("{error}");
    }
    if let Err(error) = "120%".parse::<Share>() {
        println!("{error}");
    }
}

// Prints:
//
// ambiguous unit `mb` at byte 3: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)
// ambiguous unit `MBPS` at byte 3: expected Mbps (bits) or MB/s (bytes)
// `120%` is too large for a share: expected at most 100%
