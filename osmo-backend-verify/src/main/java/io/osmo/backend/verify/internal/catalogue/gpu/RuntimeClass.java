// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.stack.Kai;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;
import org.semver4j.Semver;

/** KAI 0.10 to 0.15 puts it into every GPU pod unless told otherwise, and so does the GPU Operator's own documentation. */
public final class RuntimeClass extends AbstractCheck {
    private static final Semver FIRST = Semver.create(0, 10, 0);
    private static final Semver LAST = Semver.create(0, 16, 0);

    public RuntimeClass() {
        super(
                "gpu.runtimeclass",
                "the runtime class nvidia, where KAI or the GPU Operator ask for it",
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
                                        return skipped("nothing that is installed asks for it");
                                    }
                                    return breach(
                                            "no such class, but "
                                                    + kai.map(v -> "KAI " + v).orElse("the GPU Operator")
                                                    + " asks for it",
                                            "Let the GPU Operator make it, create a RuntimeClass nvidia with its handler, or set"
                                                    + " admission.gpuPodRuntimeClassName=\"\" of KAI's chart where nodes need none (the"
                                                    + " cloud's own stack; KAI 0.13 and newer).");
                                }))));
    }

    /** Version of a KAI that puts the class into pods. */
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
