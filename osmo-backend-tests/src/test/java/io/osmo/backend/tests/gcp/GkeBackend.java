// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.container.v1.NodePool;
import com.google.protobuf.Message;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import io.osmo.backend.testkit.internal.gcp.GcpModels;
import java.util.List;
import java.util.function.UnaryOperator;

/** A backend on emulated Google Cloud, whose every request keeps the vendor's description. */
final class GkeBackend implements AutoCloseable {
    static final String NAME = "train-west";
    static final String REGION = "us-central1";

    private final GcpModels models = GcpModels.create();
    final EmulatedClouds clouds;
    final OsmoBackends osmo;
    final GcpClients clients;

    GkeBackend() {
        this(project -> project);
    }

    GkeBackend(UnaryOperator<EmulatedGcp.Builder> project) {
        clouds = EmulatedClouds.builder()
                .gcp(builder -> project.apply(builder.inspector(models)))
                .build();
        osmo = clouds.open();
        clients = clouds.gcp().open(REGION, GkeSettings.defaults());
    }

    EmulatedGcp gcp() {
        return clouds.gcp();
    }

    /** A production backend with one CPU pool, which may be deleted. */
    static BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(draft(NAME, REGION)).build();
    }

    /** The same backend under another name or in another region. */
    static BackendSpec named(String name, String region) {
        return draft(name, region).build();
    }

    private static BackendSpecBuilder draft(String name, String region) {
        return BackendSpec.builder(name)
                .on("gcp", region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2));
    }

    static BackendSpec spec() {
        return spec(s -> s);
    }

    /** Applies, and sees that a second plan has nothing to do. */
    Backend applied(BackendSpec spec) {
        Backend backend = osmo.apply(osmo.plan(spec));
        Plan second = osmo.plan(spec);
        assertThat(second.changes()).as(second.toString()).isEmpty();
        return backend;
    }

    Backend destroyed() {
        return osmo.apply(osmo.planDestroy(spec().ref()));
    }

    /** What exists in the project, except rings and keys, which Google never deletes. */
    List<String> remains() {
        return gcp().inventory().stream()
                .filter(line -> !line.startsWith("key-ring ")
                        && !line.startsWith("key ")
                        && !line.endsWith("DESTROY_SCHEDULED"))
                .toList();
    }

    /** The requests of one operation, in order. */
    <M extends Message> List<M> requests(String operation, Class<M> type) {
        return gcp().calls().stream()
                .filter(call -> call.operation().equals(operation))
                .map(call -> type.cast(call.request()))
                .toList();
    }

    /** A pool as GKE describes it. */
    NodePool pool(String name) {
        return clients.clusters().getNodePool(path() + "/nodePools/" + name);
    }

    /** The cluster, as GKE names it. */
    String path() {
        return "projects/" + clients.project() + "/locations/" + REGION + "/clusters/" + NAME;
    }

    /** How often an operation was called. */
    long count(String operation) {
        return gcp().calls().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    /** Names of the nodes of a pool. */
    List<String> nodes(String pool) {
        return gcp().cluster(REGION, NAME).nodes().stream()
                .map(EmulatedNode::name)
                .filter(name -> name.matches("gke-" + NAME + "-" + pool + "-[0-9a-f]{8}-[0-9a-f]{4}"))
                .toList();
    }

    /** Names of all node pools, sorted. */
    List<String> poolNames() {
        return clients.clusters().getCluster(path()).getNodePoolsList().stream()
                .map(NodePool::getName)
                .sorted()
                .toList();
    }

    /** The plan has one change of this resource, which costs that much. */
    static void assertDisruption(Plan plan, String id, Disruption disruption) {
        assertThat(plan.changes())
                .filteredOn(change -> change.resource().toString().equals(id))
                .singleElement()
                .extracting(Change::disruption)
                .isEqualTo(disruption);
    }

    @Override
    public void close() {
        clients.close();
        osmo.close();
        clouds.close();
        assertThat(models.violations()).isEmpty();
    }
}
