// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;
import org.semver4j.Semver;

/** KAI 0.10 to 0.15 sets it on every GPU pod by default, and the GPU Operator's documentation uses it. */
public final class RuntimeClass extends AbstractCheck {
    private static final Semver FIRST = Semver.create(0, 10, 0);
    private static final Semver LAST = Semver.create(0, 16, 0);

    public RuntimeClass() {
        super(
                "gpu.runtimeclass",
                "the RuntimeClass nvidia, where KAI or the GPU Operator needs it",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> given(
                        evidence.snapshot().stack().runtimeClasses(),
                        classes -> given(
                                evidence.snapshot().stack().clusterPolicies(),
                                policies -> given(injector(evidence), kai -> {
                                    if (nodes.isEmpty()) {
                                        return skipped("no GPU nodes");
                                    }
                                    if (classes.contains("nvidia")) {
                                        return pass("nvidia");
                                    }
                                    if (kai.isEmpty() && policies.isEmpty()) {
                                        return skipped("nothing that is installed needs it");
                                    }
                                    return breach(
                                            "no such class, but "
                                                    + kai.map(v -> "KAI " + v).orElse("the GPU Operator")
                                                    + " needs it",
                                            "Let the GPU Operator create it, create a RuntimeClass nvidia with its handler, or set"
                                                    + " admission.gpuPodRuntimeClassName=\"\" in KAI's chart if nodes need none (the"
                                                    + " cloud's own stack; KAI 0.13 and newer).");
                                }))));
    }

    /** Version of KAI, if it sets the class on pods. */
    private static Fact<Optional<Semver>> injector(Evidence evidence) {
        return Kai.deployments(evidence)
                .flatMap(kai -> Kai.version(evidence)
                        .map(version -> version.filter(v -> v.isGreaterThanOrEqualTo(FIRST)
                                && v.isLowerThan(LAST)
                                && kai.stream()
                                        .flatMap(d -> d.template().stream())
                                        .flatMap(t -> t.containers().stream())
                                        .noneMatch(c ->
                                                c.flag("gpupodruntimeclassname").equals(Optional.of(""))))));
    }
}
