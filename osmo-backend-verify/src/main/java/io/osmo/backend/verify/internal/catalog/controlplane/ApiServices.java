// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.stream.Collectors;

/**
 * While a part of the API does not answer, namespaces that are deleted stay in Terminating, and what lists all kinds of objects sees
 * only some.
 */
public final class ApiServices extends AbstractCheck {
    public ApiServices() {
        super(
                "control-plane.api-services",
                "an answer from every server that provides a part of the Kubernetes API",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().server().unavailableApis(),
                broken -> broken.isEmpty()
                        ? pass("all available")
                        : breach(
                                        broken.stream()
                                                        .map(api -> api.name() + " by " + api.service()
                                                                + (api.reason().isEmpty() ? "" : ": " + api.reason()))
                                                        .sorted()
                                                        .limit(3)
                                                        .collect(Collectors.joining(", "))
                                                + (broken.size() > 3 ? ", … (" + broken.size() + ")" : ""),
                                        "Start the service again, or delete what its removed software left: kubectl delete"
                                                + " apiservice NAME. Until then deleted namespaces stay in Terminating.")
                                .about(broken));
    }
}
