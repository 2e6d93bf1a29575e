// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Root of everything that this library throws on purpose. Says what happened, what stands now, and what to do. */
public abstract sealed class OsmoBackendException extends RuntimeException
        permits ApplyCancelledException,
                CloudException,
                DeadlineExceededException,
                DisruptionNotAllowedException,
                GuardedException,
                InvalidSpecException,
                KubeconfigException,
                OwnershipConflictException,
                PartialApplyException,
                ProviderNotFoundException,
                StalePlanException,
                UnsupportedChangeException,
                MissingSecretException,
                VerificationFailedException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    OsmoBackendException(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What happened, and what stands now; never null, never a secret. */
    @Override
    public final String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The next thing to do, as a sentence. */
    public String remedy() {
        return remedy;
    }
}
