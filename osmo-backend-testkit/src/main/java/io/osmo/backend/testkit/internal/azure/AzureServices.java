// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure;

import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.CallerRoles;
import io.osmo.backend.testkit.internal.azure.authorization.Authorization;
import io.osmo.backend.testkit.internal.azure.compute.Compute;
import io.osmo.backend.testkit.internal.azure.containerservice.ContainerService;
import io.osmo.backend.testkit.internal.azure.dataprotection.DataProtection;
import io.osmo.backend.testkit.internal.azure.insights.Insights;
import io.osmo.backend.testkit.internal.azure.keyvault.KeyVault;
import io.osmo.backend.testkit.internal.azure.kubernetesconfiguration.KubernetesConfiguration;
import io.osmo.backend.testkit.internal.azure.managedidentity.ManagedIdentity;
import io.osmo.backend.testkit.internal.azure.network.Network;
import io.osmo.backend.testkit.internal.azure.resources.Resources;
import io.osmo.backend.testkit.internal.azure.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All services of one subscription. */
public final class AzureServices {
    public final Network network;
    public final Resources resources;
    public final Authorization authorization;
    public final KeyVault keyVault;
    public final ContainerService containers;
    public final Storage storage;
    private final AzureSubscription azure;

    /**
     * @param caller what the caller may do
     * @param rolePropagation time until the rights of a new role assignment take effect
     * @param unregistered resource providers that are not registered yet
     */
    public AzureServices(
            Arm arm,
            AzureSubscription azure,
            CallerRoles caller,
            EmulatedClusters kubernetes,
            Duration rolePropagation,
            Collection<String> unregistered) {
        this.azure = azure;
        resources = new Resources(arm, azure, unregistered);
        authorization = new Authorization(arm, azure, caller, rolePropagation);
        ManagedIdentity identities = new ManagedIdentity(arm, azure, authorization.principals);
        network = new Network(arm, azure);
        keyVault = new KeyVault(arm, azure);
        Compute compute = new Compute(arm, azure, keyVault.vaults, identities, authorization.roles);
        containers = new ContainerService(
                arm, azure, kubernetes, resources, network, authorization, identities, keyVault, compute);
        KubernetesConfiguration configuration =
                new KubernetesConfiguration(arm, azure, containers.planes, identities.ofResources);
        new DataProtection(
                arm, azure, containers, configuration.extensions, identities.ofResources, authorization.roles);
        storage = new Storage(arm, azure);
        new Insights(arm, azure);
    }

    /** What exists in the subscription, one line each, sorted. */
    public List<String> inventory() {
        List<String> lines = new ArrayList<>(keyVault.deletedVaults.lines());
        azure.all(resource -> !resource.type.name().endsWith("/blobServices"))
                .forEach(resource -> lines.add(resource.type.line(resource)));
        lines.sort(null);
        return lines;
    }
}
