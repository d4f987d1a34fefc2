//! Data as text: findings and answers in each format, and explanations of rules.

pub mod answers;
pub(crate) mod diff;
pub mod explain;
pub mod findings;
pub mod hover;
pub(crate) mod rule_page;
pub(crate) mod settings;
pub(crate) mod style;
pub(crate) mod table;

pub use diff::{diff, painted_diff};
pub use rule_page::rule_page;
pub use style::{Paint, Style};
