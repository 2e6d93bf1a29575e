// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.semver4j.Semver;

/** The KAI scheduler as it is installed. */
public final class Kai {
    private static final Set<String> IMAGES = Set.of(
            "operator", "scheduler", "binder", "podgrouper", "podgroupcontroller", "queuecontroller", "admission");

    private Kai() {}

    /** Deployments of KAI. */
    public static Fact<List<WorkloadFacts>> deployments(Evidence evidence) {
        return evidence.snapshot()
                .core()
                .deployments()
                .map(all -> all.stream()
                        .filter(d -> d.namespace().equals(StackFacts.KAI_NAMESPACE))
                        .toList());
    }

    /** Whether KAI can schedule pods: its kinds are served and some of it is installed. */
    public static Fact<Boolean> takesPods(Evidence evidence) {
        return CustomKinds.serves(evidence, "queues.scheduling.run.ai", "v2")
                .flatMap(queues -> CustomKinds.serves(evidence, "podgroups.scheduling.run.ai", "v2alpha2")
                        .flatMap(groups -> deployments(evidence).map(all -> queues && groups && !all.isEmpty())));
    }

    /** The schedulers of KAI: one, or since 0.10 one for each shard. */
    public static List<WorkloadFacts> schedulers(List<WorkloadFacts> kai) {
        return kai.stream()
                .filter(d -> d.runs("scheduler") || d.name().matches("kai-scheduler.*|scheduler"))
                .toList();
    }

    /** KAI's version by the tags of its images, the oldest during an upgrade; empty when no tag is a version. */
    public static Fact<Optional<Semver>> version(Evidence evidence) {
        return deployments(evidence)
                .map(all -> all.stream()
                        .flatMap(d -> d.template().stream())
                        .flatMap(t -> t.containers().stream())
                        // Other software may run in the namespace of KAI.
                        .filter(c -> IMAGES.contains(c.imageName()) || c.image().contains("/kai-scheduler/"))
                        .flatMap(c -> Versions.parse(c.tag()).stream())
                        .min(Comparator.naturalOrder()));
    }
}
