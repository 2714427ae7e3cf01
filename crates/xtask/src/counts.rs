//! How many tests passed and failed, read from what the test programs say.

use std::ops::AddAssign;

use serde_json::Value;

/// This many browser stories may pass only at their second attempt, because a loaded machine lost its time; they are
/// named all the same. One more, and each of them counts as failed.
const FLAKY_ALLOWED: usize = 2;

/// Passed and failed tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and parts that could not run at all.
    pub failed: u64,
    /// What is worth repeating at the end: the names of what failed, or passed only at the second attempt, and why.
    pub remarks: Vec<String>,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.remarks.extend(other.remarks);
    }
}

impl Counts {
    /// The verdict together with the program's own: a failed program without a failed test counts as one failure,
    /// and so does one that found nothing to test.
    pub fn confirmed_by(mut self, succeeded: bool) -> Self {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

/// Counts in the output of `cargo nextest run` and `cargo test`.
pub fn of_cargo(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        let line = line.trim();
        let failed = ["FAIL [", "TIMEOUT ["]
            .iter()
            .any(|word| line.starts_with(word));
        // nextest says it when it happens and again at the end.
        if (failed || line.ends_with("... FAILED")) && !counts.remarks.iter().any(|it| it == line) {
            counts.remarks.push(line.to_owned());
        }
        if line.starts_with("Summary [") {
            // nextest: `Summary [ 0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`
            counts.passed += number_before(line, "passed");
            counts.failed += ["failed", "timed out", "exec failed"]
                .map(|word| number_before(line, word))
                .iter()
                .sum::<u64>();
        } else if line.starts_with("test result: ") {
            // cargo test: `test result: ok. 5 passed; 0 failed; 0 ignored; …`
            counts.passed += number_before(line, "passed");
            counts.failed += number_before(line, "failed");
        }
    }
    counts
}

/// The number directly before `words`, or 0.
fn number_before(line: &str, words: &str) -> u64 {
    line.match_indices(words)
        .find_map(|(at, _)| {
            line[..at]
                .trim_end()
                .rsplit([' ', '('])
                .next()?
                .parse()
                .ok()
        })
        .unwrap_or(0)
}

/// Counts in the report that Playwright writes as JSON.
pub fn of_playwright(report: &str) -> Counts {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    let mut remarks = Vec::new();
    remark_on(&report, &mut remarks);
    let flaky = count("flaky");
    let too_many = flaky > FLAKY_ALLOWED as u64;
    Counts {
        passed: count("expected") + if too_many { 0 } else { flaky },
        failed: count("unexpected") + if too_many { flaky } else { 0 },
        remarks,
    }
}

/// Names the stories of a suite that did not simply pass, each with the first error.
fn remark_on(suite: &Value, remarks: &mut Vec<String>) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for inner in list(&suite["suites"]) {
        remark_on(&inner, remarks);
    }
    for spec in list(&suite["specs"]) {
        for test in list(&spec["tests"]) {
            let status = test["status"].as_str().unwrap_or_default();
            if matches!(status, "unexpected" | "flaky") {
                let errors = list(&test["results"]);
                let error = errors
                    .iter()
                    .find_map(|result| result["error"]["message"].as_str());
                remarks.push(format!(
                    "{status}: {} › {}\n{}",
                    spec["file"].as_str().unwrap_or_default(),
                    spec["title"].as_str().unwrap_or_default(),
                    error.unwrap_or_default(),
                ));
            }
        }
    }
}

/// Counts in a JUnit report: one test per call of the API. A skipped one has proved nothing and counts as neither.
pub fn of_junit(report: &str) -> Counts {
    let mut counts = Counts::default();
    for case in report.split("<testcase ").skip(1) {
        let case = case.split("</testcase>").next().unwrap_or(case);
        if case.contains("<failure") || case.contains("<error") {
            counts.failed += 1;
        } else if !case.contains("<skipped") {
            counts.passed += 1;
        }
    }
    counts
}

/// Counts in a TAP report of Node's test runner. A skipped test has proved nothing and counts as neither; one that ran
/// out of time is cancelled there, and failed here.
pub fn of_tap(report: &str) -> Counts {
    let mut counts = Counts::default();
    let mut lines = report.lines();
    while let Some(line) = lines.next() {
        if let Some(number) = line.strip_prefix("# pass ") {
            counts.passed += number.parse::<u64>().unwrap_or(0);
        } else if let Some(number) = ["# fail ", "# cancelled "]
            .iter()
            .find_map(|word| line.strip_prefix(word))
        {
            counts.failed += number.parse::<u64>().unwrap_or(0);
        } else if let Some(name) = line.strip_prefix("not ok ") {
            let error = lines
                .by_ref()
                .take_while(|line| line.trim() != "...")
                .skip_while(|line| !line.trim_start().starts_with("error:"))
                .take(4)
                .collect::<Vec<_>>();
            counts
                .remarks
                .push(format!("failed: {name}\n{}", error.join("\n")));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64) -> Counts {
        Counts {
            passed,
            failed,
            remarks: Vec::new(),
        }
    }

    #[test]
    fn nextests_summary_is_counted() {
        let all = "     Summary [   0.006s] 12 tests run: 12 passed (1 slow), 0 skipped";
        assert_eq!(of_cargo(all), counts(12, 0));
        let some =
            "     Summary [   3.2s] 12/14 tests run: 9 passed, 2 failed, 1 timed out, 3 skipped";
        assert_eq!(of_cargo(some), counts(9, 3));
    }

    #[test]
    fn the_results_of_all_test_programs_are_added() {
        let output = "test a ... ok\ntest result: ok. 5 passed; 0 failed; 0 ignored\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(of_cargo(output), counts(6, 2));
    }

    #[test]
    fn what_failed_is_named_once() {
        let output = "        FAIL [ 0.1s] (1/2) storefront a\n     Summary [ 3.2s] 2 tests run: 1 passed, 1 failed\n\
                      \n        FAIL [ 0.1s] (1/2) storefront a\ntest b ... FAILED\n";
        assert_eq!(
            of_cargo(output).remarks,
            ["FAIL [ 0.1s] (1/2) storefront a", "test b ... FAILED"]
        );
    }

    #[test]
    fn a_few_flaky_stories_pass_but_are_named() {
        let report = |flaky: u64| {
            format!(
                r#"{{"stats": {{"expected": 4, "unexpected": 1, "flaky": {flaky}, "skipped": 2}},
                "suites": [{{"suites": [{{"specs": [{{"file": "a.spec.ts", "title": "waits", "tests": [
                {{"status": "flaky", "results": [{{"error": {{"message": "too late"}}}}, {{}}]}}]}}]}}]}}]}}"#
            )
        };
        let few = of_playwright(&report(2));
        assert_eq!((few.passed, few.failed), (6, 1));
        assert_eq!(few.remarks, ["flaky: a.spec.ts › waits\ntoo late"]);
        let many = of_playwright(&report(3));
        assert_eq!((many.passed, many.failed), (4, 4));
        assert_eq!(of_playwright("no report"), counts(0, 0));
    }

    #[test]
    fn junit_cases_are_counted_by_their_outcome() {
        let report = "<testsuites><testsuite><testcase name=\"GET /a\" time=\"1\"/>\
                      <testcase name=\"GET /b\"><failure message=\"x\">y</failure></testcase>\
                      <testcase name=\"GET /c\"><skipped/></testcase></testsuite></testsuites>";
        assert_eq!(of_junit(report), counts(1, 1));
    }

    #[test]
    fn tap_reports_are_counted_and_failures_named() {
        let report = "TAP version 13\nok 1 - opens\n  ---\n  duration_ms: 8\n  ...\n\
                      not ok 2 - cancels\n  ---\n  failureType: 'x'\n  error: 'too late'\n  ...\n\
                      ok 3 - later # SKIP\n1..3\n# tests 4\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 1\n";
        let found = of_tap(report);
        assert_eq!((found.passed, found.failed), (1, 2));
        assert_eq!(found.remarks, ["failed: 2 - cancels\n  error: 'too late'"]);
        assert_eq!(of_tap(""), counts(0, 0));
    }

    #[test]
    fn a_program_that_fails_or_tests_nothing_is_a_failure() {
        assert_eq!(counts(3, 0).confirmed_by(true), counts(3, 0));
        assert_eq!(counts(3, 0).confirmed_by(false), counts(3, 1));
        assert_eq!(counts(0, 0).confirmed_by(true), counts(0, 1));
        assert_eq!(counts(3, 2).confirmed_by(false), counts(3, 2));
    }
}
