//! Data as text: findings and answers in each format, and explanations of rules.

pub(crate) mod answers;
pub mod explain;
pub mod findings;
pub(crate) mod table;
