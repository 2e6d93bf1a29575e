// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** Kubernetes 1.33 and newer rejects resources of releases before 25.10.1. */
public final class OperatorVersion extends AbstractCheck {
    private static final Semver LEAST = Semver.create(25, 10, 1);
    private static final Semver STRICT = Semver.create(1, 33, 0);

    public OperatorVersion() {
        super(
                "gpu.operator-version",
                "GPU Operator 25.10.1 or newer with Kubernetes 1.33 or newer",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().server().version(),
                version -> given(evidence.snapshot().core().deployments(), deployments -> {
                    Optional<Semver> kubernetes = Versions.parse(version);
                    if (kubernetes.isEmpty()) {
                        return unknown(version + " is not a version of Kubernetes");
                    }
                    if (kubernetes.get().isLowerThan(STRICT)) {
                        return skipped("Kubernetes is older than 1.33");
                    }
                    List<TemplateFacts.Container> operators = deployments.stream()
                            .filter(d -> d.runs("gpu-operator"))
                            .flatMap(d -> OsmoOperator.template(d).containers().stream())
                            .filter(c -> c.imageName().equals("gpu-operator"))
                            .toList();
                    if (operators.stream().anyMatch(TemplateFacts.Container::digest)) {
                        return unknown("the GPU Operator's image is pinned by digest, not by version");
                    }
                    return each(
                            operators.stream().map(TemplateFacts.Container::tag).toList(),
                            "GPU Operators",
                            t -> Versions.parse(t)
                                    .filter(v -> v.isGreaterThanOrEqualTo(LEAST))
                                    .isPresent(),
                            t -> t.isEmpty() ? "no tag" : t,
                            "helm upgrade gpu-operator nvidia/gpu-operator -n gpu-operator --version v25.10.1");
                }));
    }
}
