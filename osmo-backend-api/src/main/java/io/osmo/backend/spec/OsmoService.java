// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Optional;
import org.immutables.value.Value;

/** The OSMO service and what the backend needs to register with it. */
@Value.Immutable
@SpecStyle
public interface OsmoService {
    /**
     * Release of the OSMO service, such as {@code 6.3.1}; it determines the chart of the backend's operator. If empty, the defaults are
     * those of 6.3 and there are no chart values.
     */
    Optional<String> release();

    /** Scheme, host and optional port; no path. */
    String serviceUrl();

    /** Name under which the backend registers; the spec's name unless given. */
    Optional<String> backendName();

    /** Token of the backend, 43 or 64 characters of {@code [A-Za-z0-9_-]}; if empty, no Secret is created. */
    Optional<Secret> token();

    /** Pool of the OSMO service that the nodes of this backend belong to, default {@code default}. */
    String poolName();

    /** Name of the Helm release of the operator, default {@code osmo-operator}, from 6.4 on {@code osmo-compute}. */
    String helmRelease();

    /** Namespace of the operator and of its Helm release, default {@code osmo-operator}, from 6.4 on {@code osmo-compute}. */
    String operatorNamespace();

    /** Namespace of workflow pods, default {@code osmo-workflows}. */
    String workflowNamespace();

    /**
     * Name of the token Secret, default {@code osmo-backend-token-default}, from 6.4 on {@code osmo-<backend>-backend-token}.
     */
    String tokenSecretName();
}
