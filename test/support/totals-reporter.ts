/** Quiet when all is well: failures in full, skips with their names, and one closing line `N passed, N failed[, N skipped]`. */
import type { Reporter, TestModule } from 'vitest/node';
import { DefaultReporter } from 'vitest/node';

export default class TotalsReporter extends DefaultReporter implements Reporter {
  /** Failures are told at the end; files that pass and files that are skipped need no line each, skips do. */
  protected override printTestModule(testModule: TestModule): void {
    for (const test of testModule.children.allTests('skipped')) this.log(`skipped: ${test.fullName}`);
  }

  override onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(...args);
    const [modules, errors] = args;
    const totals = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules as readonly TestModule[]) {
      let seen = 0;
      for (const test of module.children.allTests()) {
        totals[
          test.result().state === 'pending' ? 'skipped' : (test.result().state as 'passed' | 'failed' | 'skipped')
        ] += 1;
        seen += 1;
      }
      // A file that failed to load has no tests to count, and is a failure all the same.
      if (seen === 0 && module.errors().length > 0) totals.failed += 1;
    }
    totals.failed += errors.length;
    const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
    process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
  }
}
