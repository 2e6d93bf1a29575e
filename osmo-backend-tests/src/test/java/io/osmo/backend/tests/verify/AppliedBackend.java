// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A backend that was applied on an emulated cloud, and what verification says of it. */
abstract class AppliedBackend implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BackendSpec spec;
    private final EmulatedClouds clouds;
    private final OsmoBackends osmo;
    private final Backend backend;

    AppliedBackend(BackendSpec spec) {
        this.spec = spec;
        clouds = EmulatedClouds.create();
        osmo = clouds.open();
        backend = osmo.apply(osmo.plan(spec));
    }

    EmulatedCloud cloud() {
        return clouds.cloud(spec.provider());
    }

    /** The Kubernetes side. */
    EmulatedCluster cluster() {
        return cloud().cluster(spec.ref());
    }

    EmulatedClouds clouds() {
        return clouds;
    }

    Backend backend() {
        return backend;
    }

    BackendVerifier verifier() {
        return BackendVerifier.standard();
    }

    Report verify() {
        return verifier().verify(backend);
    }

    /** Lets an operation of the cloud come to its end. */
    void settle() {
        clouds.time().advance(Duration.ofMinutes(30));
        cluster();
    }

    /** Applies the spec again to what has drifted, which costs no node; tells what the plan said of each field. */
    List<String> repair() {
        Set<String> nodes = nodeNames();
        Plan plan = osmo.plan(spec);
        assertThat(plan.changes()).isNotEmpty().allMatch(change -> change.action() == Action.UPDATE);

        osmo.apply(plan);
        settle();

        assertThat(nodeNames()).isEqualTo(nodes);
        assertThat(osmo.plan(spec).changes()).isEmpty();
        return plan.changes().stream()
                .flatMap(change -> change.fields().stream())
                .map(FieldChange::toString)
                .toList();
    }

    private Set<String> nodeNames() {
        return cluster().nodes().stream().map(EmulatedNode::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Changes what is known of the first node with a label. */
    void node(String nodeType, Consumer<ObjectNode> change) {
        String name = cluster().nodes().stream()
                .filter(n -> nodeType.equals(n.labels().get("node-type")))
                .map(EmulatedNode::name)
                .findFirst()
                .orElseThrow();
        try {
            ObjectNode node = (ObjectNode) JSON.readTree(cluster().json("Node", "", name));
            change.accept(node);
            cluster().put(JSON.convertValue(node, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A node of a kind stops telling that it is ready. */
    void silence(String nodeType) {
        node(
                nodeType,
                node -> node.at("/status/conditions").forEach(condition -> {
                    if (condition.path("type").asText().equals("Ready")) {
                        ((ObjectNode) condition).put("status", "Unknown");
                    }
                }));
    }

    /** A node of a kind tells of another container runtime. */
    void runtime(String nodeType, String version) {
        node(nodeType, node -> ((ObjectNode) node.at("/status/nodeInfo")).put("containerRuntimeVersion", version));
    }

    /** What did not pass, by the check that says so. */
    static Map<String, Status> problems(Report report) {
        return report.findings().stream()
                .filter(f -> f.status() != Status.PASS && f.status() != Status.SKIPPED)
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }

    /** The checks that came to a status. */
    static Stream<String> ids(Report report, Status status) {
        return report.findings(status).stream().map(Finding::check);
    }

    /** What checks say that look from a vantage. */
    static List<Finding> findingsOf(Report report, Vantage vantage) {
        Set<String> ids = BackendVerifier.standard().checks().stream()
                .filter(c -> c.vantages().contains(vantage))
                .map(c -> c.id())
                .collect(Collectors.toSet());
        return report.findings().stream().filter(f -> ids.contains(f.check())).toList();
    }

    @Override
    public void close() {
        osmo.close();
        clouds.close();
    }
}
