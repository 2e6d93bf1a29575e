// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.internal.cloud.Retirement;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.stream.Stream;

/** CN-1: OSMO's own examples use some types that the cloud no longer sells. */
public final class ComputeInstanceTypeRetired extends AbstractCheck {
    public ComputeInstanceTypeRetired() {
        super(
                "pool.compute.instance-type-retired",
                "instance types that are still sold",
                Requirement.CN_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    /** Where a type is used: by a node, or by a pool, which may be empty. */
    private record Use(String where, String type) {
        @Override
        public String toString() {
            return where;
        }
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> given(
                        evidence.today(),
                        today -> each(
                                uses(nodes, evidence.pools().known().orElse(List.of())),
                                "nodes and pools with an instance type",
                                use -> Retirement.of(Retirement.Subject.INSTANCE_TYPE, use.type(), today)
                                        .isEmpty(),
                                Use::type,
                                CloudServices.remedy(evidence.snapshot(), Remedy.REPLACE_INSTANCE_TYPE))));
    }

    private static List<Use> uses(List<NodeFacts> nodes, List<CloudFacts.Pool> pools) {
        return Stream.concat(
                        nodes.stream().map(n -> new Use(n.toString(), n.instanceType())),
                        pools.stream().flatMap(p -> p.instanceTypes().stream().map(t -> new Use(p.toString(), t))))
                .filter(use -> !use.type().isEmpty())
                .toList();
    }
}
