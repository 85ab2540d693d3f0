//! [`ScenarioError`]: what can be wrong with a traffic mix.

use crate::{quantity::DataRate, text::choices};

/// The reason why a traffic mix can't be made or changed: one variant for each kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// A traffic mix without classes.
    #[error("a traffic mix can't be empty: pass at least one class")]
    Empty,

    /// Two classes of one name.
    #[error("two classes are named `{name}`: pass another name for one of them")]
    RepeatedClass {
        /// The name, cut short if it is long.
        name: String,
    },

    /// A name that no class of the mix has.
    #[error("no class is named `{name}`: pass {}", choices(known))]
    UnknownClass {
        /// The given name, cut short if it is long.
        name: String,
        /// The names of the mix's classes.
        known: Vec<String>,
    },

    /// A move from a class to itself.
    #[error("can't move traffic from `{name}` to itself: pass two classes")]
    SameClass {
        /// The class on both sides.
        name: String,
    },

    /// Demands whose sum exceeds [`DataRate::MAX`].
    #[error(
        "a demand of {demand} for `{name}` beside {others} for others exceeds {}: pass a lower \
         demand",
        DataRate::MAX
    )]
    DemandTooLarge {
        /// The class whose demand makes the sum too large.
        name: String,
        /// Its demand.
        demand: DataRate,
        /// The sum of the other demands.
        others: DataRate,
    },
}
