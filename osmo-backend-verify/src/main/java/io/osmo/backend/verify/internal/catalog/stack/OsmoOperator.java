// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** OSMO's operator as it is installed: a listener and a worker. */
public final class OsmoOperator {
    public static final String LISTENER = "backend-listener";
    public static final String WORKER = "backend-worker";

    private OsmoOperator() {}

    /**
     * Deployments of this backend's operator: those in its namespace and for its workflows. If there are none, other operators count,
     * because without a spec both namespaces are a guess.
     */
    public static Fact<List<WorkloadFacts>> of(Evidence evidence) {
        Expectations wanted = evidence.expectations();
        Optional<String> workflows = Optional.of(wanted.workflowNamespace());
        return all(evidence)
                .map(all -> preferred(all, d -> d.namespace().equals(wanted.operatorNamespace())))
                .map(all -> preferred(all, d -> main(d).flag("namespace").equals(workflows)));
    }

    private static List<WorkloadFacts> preferred(List<WorkloadFacts> all, Predicate<WorkloadFacts> own) {
        List<WorkloadFacts> found = all.stream().filter(own).toList();
        return found.isEmpty() ? all : found;
    }

    /** Deployments of OSMO's operator for any backend; a cluster may serve several. */
    public static Fact<List<WorkloadFacts>> all(Evidence evidence) {
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

    /** The main container of a deployment of the operator, not a sidecar. */
    public static TemplateFacts.Container main(WorkloadFacts deployment) {
        return template(deployment).containers().stream()
                .filter(c -> c.imageName().equals(LISTENER) || c.imageName().equals(WORKER))
                .findFirst()
                .orElseThrow();
    }

    public static TemplateFacts template(WorkloadFacts deployment) {
        return deployment.template().orElseThrow();
    }
}
