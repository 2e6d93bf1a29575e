// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.contract.ContractCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The AKS provider keeps the contract, and each of its requests Microsoft's descriptions. */
class AzureProviderContractTest extends ProviderContract {
    private static final String REGION = "eastus2";

    /** Objects that lie in another one, each under a parent of its own, of which ARM has no list across parents. */
    private static final Set<String> SINGLE = Set.of(
            "GET Microsoft.KeyVault/vaults/keys",
            "GET Microsoft.Storage/storageAccounts/blobServices/containers",
            "GET Microsoft.DataProtection/backupVaults/backupPolicies",
            "GET Microsoft.DataProtection/backupVaults/backupInstances",
            "GET Microsoft.KubernetesConfiguration/extensions",
            "GET Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings");

    @Override
    protected ContractCloud cloud() {
        return new Cloud(Models.load());
    }

    @Override
    protected BackendSpec spec(int pools) {
        var spec = BackendSpec.builder("train-west").on("azure", REGION);
        for (int i = 0; i < pools; i++) {
            spec.computePool("cpu" + i, p -> p.instanceType("Standard_D8s_v5").scale(1, 2));
        }
        return spec.build();
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        return Map.of(
                "bounds above the number of nodes",
                        spec(1).toBuilder()
                                .changePool("cpu0", p -> p.scale(3, 6))
                                .build(),
                "a tag", spec(1).toBuilder().tag("team", "robots").build(),
                "retention of backups",
                        spec(1).toBuilder()
                                .backup(b -> b.enabled(true).retentionDays(90))
                                .build(),
                "no backups", spec(1).toBuilder().backup(b -> b.enabled(false)).build(),
                "tier",
                        spec(1).toBuilder()
                                .settings(
                                        AksSettings.builder().tier(Tier.PREMIUM).build())
                                .build());
    }

    @Override
    protected void plantForeignObject(ContractCloud cloud) {
        Cloud azure = (Cloud) cloud;
        new Rest(azure.azure, azure.time)
                .send(HttpMethod.PUT, "resourceGroups/osmo-train-west-" + REGION, "{\"location\":\"" + REGION + "\"}");
    }

    @Override
    protected boolean mayRemain(String line) {
        return line.startsWith("deletedVault");
    }

    private static final class Cloud implements ContractCloud {
        private final AzureModels models;
        private final VirtualTime time =
                VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        private final EmulatedAzure azure;

        private Cloud(AzureModels models) {
            this.models = models;
            this.azure = EmulatedAzure.builder(time).inspector(models).build();
        }

        @Override
        public VirtualTime time() {
            return time;
        }

        @Override
        public OsmoBackends open() {
            return OsmoBackends.builder()
                    .provider(new AzureProvider((region, settings) -> AzureClients.over(
                            azure.httpClient(), azure.credential(), AzureEnvironment.AZURE, azure.subscription())))
                    .scheduler(time)
                    .build();
        }

        @Override
        public List<String> inventory() {
            return azure.inventory();
        }

        @Override
        public void forgetCalls() {
            azure.forgetCalls();
        }

        @Override
        public int changes() {
            return (int) azure.calls().stream().filter(c -> !c.reads()).count();
        }

        @Override
        public int singleReads() {
            return (int) azure.calls().stream()
                    .filter(c -> SINGLE.contains(c.operation()))
                    .count();
        }

        @Override
        public int calls() {
            return azure.calls().size();
        }

        @Override
        public void strike(int n, Fault fault) {
            var rule = azure.faults().onCalls(call -> !call.reads()).nth(n);
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
            azure.faults().clear();
        }

        @Override
        public void close() {
            azure.close();
            time.close();
            assertThat(models.violations()).isEmpty();
        }
    }
}
