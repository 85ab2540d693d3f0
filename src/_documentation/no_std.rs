//! The obstacles to a target without the standard library.
//!
//! The crate needs `std`. There is no build without it, and none is planned before someone needs
//! one. This page lists the obstacles, for the versions in `Cargo.lock`. All of it needs an
//! allocator: exact rationals and series live on the heap.
//!
//! # In the crate itself
//!
//! Four things need `std`; everything else is in `core` and `alloc`.
//!
//! - [`ErrorKind::Io`](crate::ErrorKind::Io) holds a [`std::io::Error`], and the conversion from it is
//!   public. Without `std` the variant would have to go with the feature `csv`.
//! - The readers of files ([`CsvLayout`](crate::CsvLayout), `ExchangeRates::from_csv`) take a
//!   [`std::io::Read`], for which `core` has no counterpart.
//! - A file with many series finds each by its key in a `HashMap`, which `alloc` lacks; a `BTreeMap`
//!   would serve.
//! - [`bulk`](crate::bulk) finds the widest vectors of the machine at run time, which `fearless_simd`
//!   can do only with `std`. Without it the vectors are those that the build names.
//!
//! # Crate by crate
//!
//! | crate | without `std` |
//! | --- | --- |
//! | `dashu-int`, `dashu-ratio` | yes, with `alloc`: leave out their feature `std` |
//! | `rust_decimal` | yes: leave out its feature `std` |
//! | `jiff` | yes, with `alloc`; the time zones' rules are bundled (`tzdb-bundle-always`), so that zones are found by name there too |
//! | `siphasher`, `thiserror` | yes |
//! | `serde` | yes, with `alloc` |
//! | `toml` | yes, with `alloc`: leave out its feature `std` |
//! | `fearless_simd` | yes, with `libm` in place of `std`, and without detection of the machine |
//! | `memchr` | yes, without detection of the machine |
//! | `csv` | **no**: it reads from `std::io`. `csv-core`, on which it stands, does without |
//! | `rayon` | **no**: it starts threads |
//! | `proptest`, `arbitrary` | for tests only, which have `std` |
//!
//! # What a build would look like
//!
//! A feature `std`, on by default, which `csv`, `rayon`, `proptest` and `arbitrary` would bring in;
//! `extern crate alloc`; and [`ErrorKind::Io`](crate::ErrorKind::Io) under that feature. Quantities,
//! money, prices, series, tariffs, cards in TOML and bills would stay. The results would be the same,
//! because no result depends on a float or on the machine.
