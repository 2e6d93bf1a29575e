// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.Network;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.contract.ContractCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import io.osmo.backend.testkit.internal.gcp.GcpModels;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The GKE provider keeps the contract, and each of its requests the vendor's description. */
class GcpProviderContractTest extends ProviderContract {
    private static final String REGION = "us-central1";

    /** Calls for what there is one of in the project, or of which the service has no list with details. */
    private static final Set<String> SINGLE = Set.of(
            "cloudkms.GetIamPolicy",
            "cloudresourcemanager.GetIamPolicy",
            "cloudresourcemanager.GetProject",
            "container.GetServerConfig",
            "serviceusage.BatchGetServices");

    @Override
    protected ContractCloud cloud() {
        return new Cloud();
    }

    @Override
    protected BackendSpec spec(int pools) {
        var spec = BackendSpec.builder("train-west").on("gcp", REGION).deletionProtection(false);
        for (int i = 0; i < pools; i++) {
            spec.computePool("cpu" + i, p -> p.instanceType("n2-standard-8").scale(1, 2));
        }
        return spec.build();
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        Map<String, BackendSpec> changes = new LinkedHashMap<>();
        changes.put("a tag", changed(s -> s.tag("team", "robots")));
        changes.put("bounds of a scale", changed(s -> s.changePool("cpu0", p -> p.scale(2, 5))));
        changes.put("a smaller maximum", changed(s -> s.changePool("cpu0", p -> p.scale(0, 1))));
        changes.put("a label", changed(s -> s.changePool("cpu0", p -> p.label("team", "robots"))));
        changes.put(
                "a taint",
                changed(s -> s.changePool("cpu0", p -> p.taint("dedicated", "osmo", Taint.Effect.NO_SCHEDULE))));
        changes.put("taints of the operator pool", changed(s -> s.operatorPool(p -> p.tainted(true))));
        changes.put("a larger disk", changed(s -> s.changePool("cpu0", p -> p.disk(300))));
        changes.put("ranges of the API's endpoint", changed(s -> s.apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))));
        changes.put(
                "retention of backups",
                changed(s -> s.backup(b -> b.enabled(true).retentionDays(90))));
        changes.put("no backup", changed(s -> s.backup(b -> b.enabled(false))));
        changes.put("protection against deletion", changed(s -> s.deletionProtection(true)));
        changes.put(
                "a pool more",
                changed(s -> s.computePool(
                        "cpu1", p -> p.instanceType("n2-standard-16").scale(0, 3))));
        changes.put(
                "a GPU pool as the user's document writes it",
                changed(s -> s.gpuPool(
                        "t4", p -> p.instanceType("n1-standard-4-nvidia-t4").scale(0, 4))));
        changes.put(
                "one pool instead of another",
                changed(s -> s.computePool(
                                "cpu1", p -> p.instanceType("n2-standard-16").scale(1, 3))
                        .removePool("cpu0")));
        return changes;
    }

    private BackendSpec changed(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(spec(1).toBuilder()).build();
    }

    @Override
    protected void plantForeignObject(ContractCloud cloud) {
        try (GcpClients clients = ((Cloud) cloud).clouds.gcp().open(REGION, GkeSettings.defaults())) {
            var unused = clients.networks()
                    .insertCallable()
                    .call(InsertNetworkRequest.newBuilder()
                            .setProject(clients.project())
                            .setNetworkResource(Network.newBuilder()
                                    .setName("osmo-train-west")
                                    .setAutoCreateSubnetworks(false))
                            .build());
        }
        cloud.time().advance(Duration.ofMinutes(1));
    }

    /** Key rings and keys cannot be deleted; the versions of a key wait for their destruction. */
    @Override
    protected boolean mayRemain(String line) {
        return line.startsWith("key-ring ")
                || line.startsWith("key ")
                || line.startsWith("key-version ") && line.endsWith("DESTROY_SCHEDULED");
    }

    private static final class Cloud implements ContractCloud {
        private final GcpModels models = GcpModels.create();
        private final EmulatedClouds clouds =
                EmulatedClouds.builder().gcp(gcp -> gcp.inspector(models)).build();

        @Override
        public VirtualTime time() {
            return clouds.time();
        }

        @Override
        public OsmoBackends open() {
            return clouds.open();
        }

        @Override
        public List<String> inventory() {
            return clouds.gcp().inventory();
        }

        @Override
        public void forgetCalls() {
            clouds.gcp().forgetCalls();
        }

        @Override
        public int changes() {
            return (int) clouds.gcp().calls().stream().filter(c -> !c.reads()).count();
        }

        @Override
        public int singleReads() {
            return (int) clouds.gcp().calls().stream()
                    .filter(c -> SINGLE.contains(c.operation()))
                    .count();
        }

        @Override
        public int calls() {
            return clouds.gcp().calls().size();
        }

        @Override
        public void strike(int n, Fault fault) {
            var rule = clouds.gcp().faults().onCalls(call -> !call.reads()).nth(n);
            switch (fault) {
                case CRASH_BEFORE -> rule.crashBefore();
                case CRASH_AFTER -> rule.crashAfter();
                case LOST_RESPONSE -> rule.loseResponse();
                case UNAVAILABLE -> rule.failWith5xx();
                case THROTTLED -> rule.throttle();
            }
        }

        @Override
        public void heal() {
            clouds.gcp().faults().clear();
        }

        @Override
        public void close() {
            clouds.close();
            assertThat(models.violations()).isEmpty();
        }
    }
}
