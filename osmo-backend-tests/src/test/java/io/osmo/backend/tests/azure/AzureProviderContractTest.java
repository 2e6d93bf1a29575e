// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.azure.Models;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import io.osmo.backend.testkit.internal.azure.AzureModels;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The AKS provider keeps the contract, and each of its requests Microsoft's descriptions. */
class AzureProviderContractTest extends ProviderContract {
    private final AzureModels models = Models.load();

    @Override
    protected EmulatedCloud cloud(VirtualTime time) {
        return EmulatedAzure.builder(time).inspector(models).build();
    }

    @AfterEach
    void requests_keep_the_descriptions() {
        assertThat(models.violations()).isEmpty();
    }

    @Override
    protected BackendSpec spec(int pools) {
        return backend("azure", "eastus2", "Standard_D8s_v5", pools);
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        Map<String, BackendSpec> changes = usualChanges("Standard_D16s_v5", "Standard_NC24ads_A100_v4");
        // A private cluster of AKS stays private.
        changes.remove("ranges of the API's endpoint");
        changes.put(
                "tier",
                changed(s -> s.settings(AksSettings.builder().tier(Tier.PREMIUM).build())));
        return changes;
    }

    /** Objects inside another one, each under a parent of its own, of which ARM has no list across parents. */
    @Override
    protected Set<String> singleReads() {
        return Set.of(
                "GET Microsoft.KeyVault/vaults/keys",
                "GET Microsoft.Storage/storageAccounts/blobServices/containers",
                "GET Microsoft.DataProtection/backupVaults/backupPolicies",
                "GET Microsoft.DataProtection/backupVaults/backupInstances",
                "GET Microsoft.KubernetesConfiguration/extensions",
                "GET Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
                "GET Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles");
    }

    @Override
    protected Set<String> spareActions() {
        return Set.of(
                "Microsoft.Compute/register/action",
                "Microsoft.ContainerService/managedClusters/agentPools/upgradeNodeImageVersion/action",
                "Microsoft.ContainerService/managedClusters/start/action",
                "Microsoft.ContainerService/register/action",
                "Microsoft.DataProtection/register/action",
                "Microsoft.KeyVault/register/action",
                "Microsoft.KubernetesConfiguration/register/action",
                "Microsoft.ManagedIdentity/register/action",
                "Microsoft.Network/register/action",
                "Microsoft.Storage/register/action");
    }

    @Override
    protected boolean mayRemain(String line) {
        return line.startsWith("deletedVault");
    }
}
