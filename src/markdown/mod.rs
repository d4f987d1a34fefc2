//! One Markdown document and what it says of itself. The only folder that knows comrak.

pub(crate) mod address;
pub(crate) mod anchor;
pub(crate) mod brackets;
pub(crate) mod definition;
pub(crate) mod directive;
pub(crate) mod document;
pub(crate) mod escape;
pub(crate) mod footnote;
pub(crate) mod hidden;
pub(crate) mod html;
pub(crate) mod label;
pub(crate) mod line;
pub(crate) mod parser;
pub(crate) mod plain_text;
pub(crate) mod prose;
pub(crate) mod references;
pub(crate) mod shown;
pub(crate) mod suppression;
pub(crate) mod table;

#[cfg(test)]
mod tests;
