// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Optional;
import org.immutables.value.Value;

/** The OSMO service and what the backend needs to register with it. */
@Value.Immutable
@SpecStyle
public interface OsmoService {
    /** Scheme, host and optional port; no path ({@code osmo-contract.md} §1.1). */
    String serviceUrl();

    /** Name under which the backend registers; the spec's name unless given. */
    Optional<String> backendName();

    /** Token of the backend, 43 or 64 characters of {@code [A-Za-z0-9_-]}; without one no Secret is made. */
    Optional<Secret> token();

    /** Namespace of the operator, default {@code osmo-operator}. */
    String operatorNamespace();

    /** Namespace of workflow pods, default {@code osmo-workflows}. */
    String workflowNamespace();

    /** Name of the token Secret, default {@code osmo-backend-token-default}. */
    String tokenSecretName();
}
