// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Asks what can be known before anything is created: the rules that a plan holds against the cloud's answers, sorted by what
 * they are about, with whose project it is and whether the names are free. Credentials that are refused are one finding, not
 * one for each question that they then cannot answer.
 */
final class GcpPreflight {
    private static final String IDENTITY = "preflight.identity";
    private static final String CLOUD = "preflight.cloud";

    /**
     * A group of rules.
     *
     * @param paths beginnings of the paths of the fields that they judge
     */
    private record Topic(String id, Optional<Requirement> requirement, String passed, List<String> paths) {}

    private static final List<Topic> TOPICS = List.of(
            new Topic(
                    "preflight.services", Optional.empty(), "all services are on", List.of("settings.enableServices")),
            new Topic(
                    "preflight.version",
                    Optional.of(Requirement.CP_2),
                    "the version is offered",
                    List.of("kubernetesVersion")),
            new Topic(
                    "preflight.instance-types",
                    Optional.of(Requirement.CN_1),
                    "machines and accelerators are sold in the zones",
                    List.of("computePools", "operatorPool")),
            new Topic(
                    "preflight.network", Optional.of(Requirement.NW_1), "the network is as needed", List.of("network")),
            new Topic("preflight.key", Optional.of(Requirement.SC_1), "the key is as needed", List.of("encryption")));

    private GcpPreflight() {}

    /** Findings in the order of the topics. Fails with nothing but defects. */
    static CompletableFuture<List<PreflightFinding>> run(GcpContext gcp, BackendSpec spec) {
        CompletableFuture<List<PreflightFinding>> identity = gcp.scheduler()
                .call(gcp::project)
                .thenCompose(project -> Project.read(gcp))
                .handle((project, failure) -> List.of(
                        failure == null
                                ? finding(
                                        IDENTITY,
                                        Status.PASS,
                                        "project " + project.id() + ", number " + project.number(),
                                        "")
                                : refused(IDENTITY, Status.FAIL, failure)));
        return identity.thenCompose(who -> who.get(0).status() == Status.PASS
                        ? GcpGraph.observe(gcp, Optional.of(spec))
                                .handle((inventory, failure) -> failure == null
                                        ? judge(spec, inventory)
                                        : List.of(refused(CLOUD, Status.UNKNOWN, failure)))
                        : CompletableFuture.completedFuture(List.of(finding(
                                CLOUD,
                                Status.UNKNOWN,
                                "not asked without credentials that work",
                                "Mend the credentials, then run the preflight again."))))
                .thenApply(cloud -> {
                    List<PreflightFinding> findings = new ArrayList<>(identity.join());
                    findings.addAll(cloud);
                    return List.copyOf(findings);
                });
    }

    private static PreflightFinding finding(String check, Status status, String message, String remedy) {
        return new PreflightFinding(check, status, Optional.empty(), message, remedy);
    }

    private static PreflightFinding refused(String check, Status status, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CloudException answer) {
            return finding(check, status, answer.getMessage(), answer.remedy());
        }
        throw new CompletionException(cause);
    }

    private static List<PreflightFinding> judge(BackendSpec spec, Inventory inventory) {
        List<PreflightFinding> findings = new ArrayList<>();
        findings.add(name(spec, inventory));
        List<Violation> violations = GcpGraph.check(spec, inventory);
        for (Topic topic : TOPICS) {
            List<Violation> broken = violations.stream()
                    .filter(v -> topic.paths().stream().anyMatch(v.path()::startsWith))
                    .toList();
            if (broken.isEmpty()) {
                findings.add(new PreflightFinding(
                        topic.id(), Status.PASS, topic.requirement().map(Requirement::id), topic.passed(), ""));
            }
            broken.forEach(v -> findings.add(failed(topic.id(), v)));
        }
        return findings;
    }

    private static PreflightFinding failed(String check, Violation violation) {
        return new PreflightFinding(
                check,
                Status.FAIL,
                violation.requirement(),
                violation.path() + ": given " + violation.given() + "; allowed: " + violation.allowed(),
                violation.remedy());
    }

    private static PreflightFinding name(BackendSpec spec, Inventory inventory) {
        String check = "preflight.name";
        List<String> foreign = inventory.observed().entrySet().stream()
                .filter(e -> e.getValue().ownership() == Observed.Ownership.FOREIGN)
                .map(e -> e.getKey().toString())
                .toList();
        if (!foreign.isEmpty()) {
            return finding(
                    check,
                    Status.FAIL,
                    "objects with the names that this backend would give stand and are not its own: " + foreign,
                    "Choose another name for the backend, or delete them.");
        }
        return finding(
                check,
                Status.PASS,
                inventory.observed().containsKey(GkeCluster.ID)
                        ? "the cluster is this backend's own: applying goes on with it"
                        : "no GKE cluster " + spec.name() + " in " + spec.region() + " yet",
                "");
    }
}
