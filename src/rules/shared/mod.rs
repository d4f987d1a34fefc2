//! What more than one rule needs. A rule asks here and never its sibling.

pub(crate) mod announced;
pub(crate) mod badges;
pub(crate) mod champion_rows;
pub(crate) mod definitions;
pub(crate) mod duplicates;
pub(crate) mod formatted_values;
pub(crate) mod instructions;
pub(crate) mod known_people;
pub(crate) mod misnamed_goals;
pub(crate) mod pipes;
pub(crate) mod proposal;
pub(crate) mod repeated_tables;
pub(crate) mod sections;
pub(crate) mod template_rows;
pub(crate) mod tracking_issues;
pub(crate) mod undefined_labels;
