// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.installed;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.units.Versions;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.semver4j.Semver;

/** Views of what has been installed on top of Kubernetes. */
public final class Installed {
    public static final String LISTENER = "backend-listener";
    public static final String WORKER = "backend-worker";

    private static final Set<String> KAI_IMAGES = Set.of(
            "operator", "scheduler", "binder", "podgrouper", "podgroupcontroller", "queuecontroller", "admission");

    private Installed() {}

    /**
     * Deployments of the operator of this backend: those in its namespace and for its workflows. Where a cluster holds none of
     * that kind the others count, for without a spec both namespaces are a guess.
     */
    public static Fact<List<WorkloadFacts>> operator(Evidence evidence) {
        Expectations wanted = evidence.expectations();
        Optional<String> workflows = Optional.of(wanted.workflowNamespace());
        return operators(evidence)
                .map(all -> preferred(all, d -> d.namespace().equals(wanted.operatorNamespace())))
                .map(all -> preferred(all, d -> main(d).flag("namespace").equals(workflows)));
    }

    private static List<WorkloadFacts> preferred(List<WorkloadFacts> all, Predicate<WorkloadFacts> own) {
        List<WorkloadFacts> found = all.stream().filter(own).toList();
        return found.isEmpty() ? all : found;
    }

    /** Deployments of OSMO's operator of whichever backend, for a cluster may serve several. */
    public static Fact<List<WorkloadFacts>> operators(Evidence evidence) {
        return evidence.snapshot()
                .core()
                .deployments()
                .map(all -> all.stream()
                        .filter(d -> d.runs(LISTENER) || d.runs(WORKER))
                        .toList());
    }

    /** Pods of these deployments. */
    public static List<PodFacts> pods(List<WorkloadFacts> deployments, List<PodFacts> pods) {
        return pods.stream()
                .filter(p -> deployments.stream().anyMatch(d -> d.owns(p)))
                .toList();
    }

    /** The container of a deployment of the operator that does its work, not one that stands beside it. */
    public static TemplateFacts.Container main(WorkloadFacts deployment) {
        return template(deployment).containers().stream()
                .filter(c -> c.imageName().equals(LISTENER) || c.imageName().equals(WORKER))
                .findFirst()
                .orElseThrow();
    }

    public static TemplateFacts template(WorkloadFacts deployment) {
        return deployment.template().orElseThrow();
    }

    /** Deployments of KAI. */
    public static Fact<List<WorkloadFacts>> kai(Evidence evidence) {
        return evidence.snapshot()
                .core()
                .deployments()
                .map(all -> all.stream()
                        .filter(d -> d.namespace().equals(StackFacts.KAI_NAMESPACE))
                        .toList());
    }

    /** Whether KAI is there to be given pods: its kinds are served and something of it is installed. */
    public static Fact<Boolean> kaiTakesPods(Evidence evidence) {
        return serves(evidence, "queues.scheduling.run.ai", "v2")
                .flatMap(queues -> serves(evidence, "podgroups.scheduling.run.ai", "v2alpha2")
                        .flatMap(groups -> kai(evidence).map(all -> queues && groups && !all.isEmpty())));
    }

    /** The schedulers of KAI: one, or since 0.10 one for each shard. */
    public static List<WorkloadFacts> schedulers(List<WorkloadFacts> kai) {
        return kai.stream()
                .filter(d -> d.runs("scheduler") || d.name().matches("kai-scheduler.*|scheduler"))
                .toList();
    }

    /** KAI's version by the tags of its images, the oldest while it is being upgraded; empty when no tag is one. */
    public static Fact<Optional<Semver>> kaiVersion(Evidence evidence) {
        return kai(evidence)
                .map(all -> all.stream()
                        .flatMap(d -> d.template().stream())
                        .flatMap(t -> t.containers().stream())
                        // Others may run in the namespace of KAI.
                        .filter(c ->
                                KAI_IMAGES.contains(c.imageName()) || c.image().contains("/kai-scheduler/"))
                        .flatMap(c -> Versions.parse(c.tag()).stream())
                        .min(Comparator.naturalOrder()));
    }

    /** The definition of a custom kind, such as {@code queues.scheduling.run.ai}; empty when there is none. */
    public static Fact<Optional<CrdFacts>> crd(Evidence evidence, String name) {
        return evidence.snapshot()
                .stack()
                .crds()
                .map(all -> all.stream().filter(c -> c.name().equals(name)).findFirst());
    }

    /** Whether a version of a custom kind can be used. */
    public static Fact<Boolean> serves(Evidence evidence, String name, String version) {
        return crd(evidence, name)
                .map(crd -> crd.filter(c -> c.established() && c.served().contains(version))
                        .isPresent());
    }
}
