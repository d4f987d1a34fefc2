//! `goals explain`: a rule with examples, or the list of all.

use clap::Args;
use goals::Error;
use goals::output::explain;

use crate::cli::output::{CLEAN, Output};

// The arguments of `goals explain`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name of a rule, as shown in brackets in findings [default: list all rules]
    rule: Option<String>,
}

impl Explain {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, output: &mut Output) -> Result<u8, Error> {
        let names = goals::RULES.iter().map(|rule| rule.id).chain(goals::RUN_RULES.iter().map(|rule| rule.id));
        let text = match self.rule.as_deref() {
            None => explain::list(goals::RULES, output.table()),
            Some(name) => match (goals::find_rule(name), goals::RUN_RULES.iter().find(|rule| rule.id == name)) {
                (Some(rule), _) => explain::rule(rule, output.result_look),
                (None, Some(rule)) => Ok(explain::run_rule(rule, output.result_look)),
                (None, None) => {
                    Err(Error::new(format!("unknown rule `{name}`")).help(match goals::did_you_mean(name, names) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "run `goals explain` for a list of rules".to_owned(),
                    }))
                }
            },
        };
        output.result(&text?);
        Ok(CLEAN)
    }
}
