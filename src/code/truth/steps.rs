//! A budget of steps, which bounds the work that an untrusted schema can cause.

/// The budget is spent, so the result is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// Counts steps down to zero.
///
/// It counts steps and not seconds, so that the same input has the same result on every machine.
#[derive(Clone, Debug)]
pub struct Steps {
    left: u64,
    spent: u64,
}

impl Steps {
    /// A budget of `limit` steps.
    pub fn new(limit: u64) -> Self {
        Self { left: limit, spent: 0 }
    }

    /// Takes `count` steps off the budget.
    pub fn spend(&mut self, count: usize) -> Result<(), Exhausted> {
        let count = count as u64;
        self.spent = self.spent.saturating_add(count);
        match self.left.checked_sub(count) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Exhausted)
            }
        }
    }

    /// How many steps were requested so far, including those that were refused.
    pub fn spent(&self) -> u64 {
        self.spent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spent_budget_stays_spent() {
        let mut steps = Steps::new(3);
        assert_eq!(steps.spend(3), Ok(()));
        assert_eq!(steps.spend(1), Err(Exhausted));
        assert_eq!(steps.spend(0), Ok(()));
        assert_eq!(steps.spent(), 4);
    }
}
