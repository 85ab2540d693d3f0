//! [`ScenarioError`]: what can be wrong with scenarios.

use crate::quantity::DataRate;

/// What can be wrong with scenarios, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// A traffic mix without classes.
    #[error("a traffic mix can't be empty: give it at least one class")]
    NoClasses,

    /// A class of traffic that is there twice.
    #[error("the class `{name}` is there twice: give each class a name of its own")]
    DuplicateClass {
        /// The name, cut short when it is long.
        name: String,
    },

    /// A class of traffic that is not in the mix.
    #[error("no class is named `{name}`: write {}", choices(known))]
    UnknownClass {
        /// The name as written, cut short when it is long.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },

    /// One class of traffic where two were needed.
    #[error("can't move traffic from `{name}` to itself: write another class on one side")]
    SameClass {
        /// The class on both sides.
        name: String,
    },

    /// Demands whose sum is above [`DataRate::MAX`].
    #[error(
        "a demand of {demand} for `{name}` beside {others} for others is above {}: write a smaller \
         one",
        DataRate::MAX
    )]
    DemandTooLarge {
        /// The class with which the sum is too large.
        name: String,
        /// Its demand.
        demand: DataRate,
        /// The sum of those before it, or of all the others.
        others: DataRate,
    },

    /// More capacity rerouted than was lost.
    #[error("can't reroute {rerouted} of {lost} lost: write at most what is lost")]
    ReroutedAboveLost {
        /// The capacity that is lost.
        lost: DataRate,
        /// What of it was to be rerouted.
        rerouted: DataRate,
    },

    /// More capacity lost than there was.
    #[error("can't lose {lost} of a capacity of {capacity}: write a capacity of at least the loss")]
    LostAboveCapacity {
        /// The capacity that is lost.
        lost: DataRate,
        /// The capacity that there was.
        capacity: DataRate,
    },

    /// A month without a length.
    #[error("a month can't be 0 s long: write a length such as 30 days")]
    NoTime,
}

/// Names to choose from: `a`, `b` or `c`.
fn choices(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
