//! The level of each rule in one run.

use crate::diagnostics::level::Level;
use crate::model::slate::Slate;
use crate::policy::config::{Config, LevelSetting};
use crate::rules::registry::{RULES, nearest_rule};
use crate::rules::rule::{Rule, RuleLevel};
use crate::sys::error::Error;
use crate::sys::warning::RUN_RULES;

/// The level of each rule in one run.
#[derive(Clone, Debug)]
pub struct Levels(pub(super) Vec<RuleLevel>);

/// The name for all rules.
pub(crate) const ALL: &str = "all";

impl Levels {
    /// The built-in levels.
    pub fn built_in() -> Result<Levels, Error> {
        RULES.iter().map(Rule::level).collect::<Result<_, _>>().map(Levels)
    }

    /// The levels for a slate: the project's above the built-in ones, its period's above those.
    pub fn for_slate(&self, config: &Config, slate: &Slate) -> Result<Levels, Error> {
        let mut levels = self.clone();
        let own = slate.period.and_then(|period| config.period(period));
        for setting in config.levels.iter().chain(own.iter().flat_map(|own| &own.levels)) {
            levels.apply(config, setting)?;
        }
        Ok(levels)
    }

    /// Checks every level that a configuration sets, also of periods that no slate has.
    pub fn check(&self, config: &Config) -> Result<(), Error> {
        let periods = config.periods.values().flat_map(|period| &period.levels);
        config.levels.iter().chain(periods).try_for_each(|setting| self.clone().apply(config, setting))
    }

    fn apply(&mut self, config: &Config, setting: &LevelSetting) -> Result<(), Error> {
        let Some(level) = Level::parse(&setting.level) else {
            let message = format!("invalid level `{}`", setting.level);
            return Err(config.failure(setting.level_span, message).help("use \"error\", \"warn\", or \"off\""));
        };
        self.set(&setting.rule, level).map_err(|refused| {
            config.failure(setting.span, refused.message().to_owned()).help(refused.advice().unwrap_or_default())
        })
    }

    /// The level of a rule; an unknown one is off.
    pub(crate) fn of(&self, rule: &str) -> RuleLevel {
        let known = RULES.iter().position(|known| known.id == rule);
        known.and_then(|index| self.0.get(index)).copied().unwrap_or(RuleLevel::everywhere(Level::Off))
    }

    /// Sets the level of a rule, or of all; the error says which rule may have been meant.
    pub fn set(&mut self, rule: &str, level: Level) -> Result<(), Error> {
        if rule == ALL {
            self.0.fill(RuleLevel::everywhere(level));
            return Ok(());
        }
        match RULES.iter().position(|known| known.id == rule) {
            Some(index) => {
                self.0[index] = RuleLevel::everywhere(level);
                Ok(())
            }
            None if RUN_RULES.iter().any(|known| known.id == rule) => {
                let message = format!("`{rule}` is a warning about the run, so no level can be set for it");
                Err(Error::new(message).help(format!("run `goals explain {rule}` to see what to do")))
            }
            None => Err(Error::new(format!("unknown rule `{rule}`")).help(match nearest_rule(rule) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "run `goals explain` for a list of rules".to_owned(),
            })),
        }
    }
}

/// Levels that a front end sets above those of the configuration, by the names of rules; `all` means all rules.
#[derive(Clone, Debug, Default)]
pub struct LevelOverrides {
    /// Rules that are off.
    pub allow: Vec<String>,
    /// Rules that warn.
    pub warn: Vec<String>,
    /// Rules that are errors.
    pub deny: Vec<String>,
}

impl LevelOverrides {
    /// Sets the levels: those of `all` first, so that a rule that is named as well has its own level, in whatever order they
    /// are given. Fails at the first unknown rule.
    pub fn apply(&self, levels: &mut Levels) -> Result<(), Error> {
        let all = [(&self.allow, Level::Off), (&self.warn, Level::Warn), (&self.deny, Level::Error)];
        for named in [false, true] {
            for (rules, level) in all {
                for rule in rules.iter().filter(|rule| (*rule != ALL) == named) {
                    levels.set(rule, level)?;
                }
            }
        }
        Ok(())
    }
}
