//! Text and places in it: sources and spans, names that resemble each other, sentences, untrusted text. It knows no Markdown.

pub(crate) mod blanks;
pub(crate) mod columns;
pub(crate) mod edits;
pub(crate) mod hidden;
pub(crate) mod ids;
pub(crate) mod name_index;
pub(crate) mod order;
pub(crate) mod person_index;
pub(crate) mod sanitize;
pub(crate) mod sentences;
pub(crate) mod similarity;
pub(crate) mod source;
pub(crate) mod user_names;
pub(crate) mod width;
pub(crate) mod word_pairs;
