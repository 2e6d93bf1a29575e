// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.PreflightReport;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.error.ClassPathException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.error.MissingSecretException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.ProviderNotFoundException;
import io.osmo.backend.verify.report.Report;

/** Exit codes of the process. */
final class ExitCode {
    static final int PASSED = 0;

    /** A check or the requested operation failed. */
    static final int FAILED = 1;

    /** No check failed, but at least one that must pass could not be evaluated. */
    static final int INCONCLUSIVE = 2;

    /** The arguments, or a file that they name, are not valid; nothing was done. */
    static final int UNUSABLE = 3;

    /** An unexpected exception: a bug in this program. */
    static final int DEFECT = 4;

    /** Cancelled by Ctrl-C. */
    static final int CANCELLED = 130;

    private ExitCode() {}

    static int of(Report report) {
        return switch (report.verdict()) {
            case PASSED -> PASSED;
            case FAILED -> FAILED;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    static int of(PreflightReport report) {
        return switch (report.verdict()) {
            case PASSED -> PASSED;
            case FAILED -> FAILED;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    static int of(Diagnosis diagnosis) {
        if (diagnosis.allJoined()) {
            return PASSED;
        }
        return diagnosis.pools().stream().anyMatch(pool -> pool.cause().isPresent()) ? FAILED : INCONCLUSIVE;
    }

    static int of(OsmoBackendException error) {
        if (error instanceof OperationCancelledException) {
            return CANCELLED;
        }
        return error instanceof ClassPathException
                        || error instanceof InvalidSpecException
                        || error instanceof KubeconfigException
                        || error instanceof MissingSecretException
                        || error instanceof ProviderNotFoundException
                ? UNUSABLE
                : FAILED;
    }
}
