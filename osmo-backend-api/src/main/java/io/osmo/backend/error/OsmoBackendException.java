// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.internal.text.ForeignText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Base class of all exceptions that this library throws deliberately. Says what happened, what exists now, and what to do. */
public abstract sealed class OsmoBackendException extends RuntimeException
        permits ChartException,
                ClassPathException,
                CloudException,
                DeadlineExceededException,
                DisruptionNotAllowedException,
                GuardedException,
                InvalidSpecException,
                KubeconfigException,
                MissingSecretException,
                OperationCancelledException,
                OsmoServiceException,
                OwnershipConflictException,
                PartialApplyException,
                PreflightRequiredException,
                ProviderNotFoundException,
                StalePlanException,
                UnsupportedChangeException,
                VerificationFailedException {
    private static final long serialVersionUID = 1;

    /** Messages and remedies quote clouds, clusters and documents, and their texts may be long. */
    private static final int LONGEST = 16_384;

    private final String remedy;

    OsmoBackendException(String message, String remedy, @Nullable Throwable cause) {
        super(ForeignText.lines(message, LONGEST), cause);
        this.remedy = ForeignText.lines(remedy, LONGEST);
    }

    /**
     * What happened, and what exists now; never null, never a secret. Safe to print: no control characters but line feeds, nothing that
     * a build server takes for a command, at most about 16,000 characters.
     */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What to do next, as one or more sentences; may be empty. */
    public String remedy() {
        return remedy;
    }

    /** The class, what happened, and what to do: what stack traces and logs show. */
    @Override
    public final String toString() {
        return remedy.isEmpty() ? super.toString() : super.toString() + "\n" + remedy;
    }
}
