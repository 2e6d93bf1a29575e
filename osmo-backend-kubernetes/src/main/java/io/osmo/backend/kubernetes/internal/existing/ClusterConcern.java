// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.resource.ClusterInventory;
import io.osmo.backend.kubernetes.internal.resource.DefaultClassResource;
import io.osmo.backend.kubernetes.internal.resource.Manifests;
import io.osmo.backend.kubernetes.internal.resource.StorageClassResource;
import io.osmo.backend.kubernetes.internal.resource.StorageClasses;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The cluster itself: read, never changed. */
final class ClusterConcern implements Concern<ExistingContext> {
    @Override
    public List<Reader<ExistingContext>> readers() {
        return List.of(ClusterReader.INSTANCE);
    }

    @Override
    public List<String> warnings(ExistingContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        Optional<String> found =
                inventory.find(ObservedCluster.ID, ObservedCluster.class).map(ObservedCluster::version);
        spec.flatMap(BackendSpec::kubernetesVersion)
                .filter(wanted ->
                        found.filter(version -> !isOf(version, wanted)).isPresent())
                .ifPresent(
                        wanted -> warnings.add("the cluster runs Kubernetes " + found.orElse("") + ", the spec wants "
                                + wanted + ": upgrade the cluster with the tool that created it, or correct the spec"));
        inventory
                .find(DefaultClassResource.ID, StorageClasses.class)
                .flatMap(classes -> withoutDefault(context, spec, inventory, classes.defaults()))
                .ifPresent(warnings::add);
        return warnings;
    }

    /** A warning that claims without a StorageClass get none; the backend's class is deleted if no provisioner is set. */
    private static Optional<String> withoutDefault(
            ExistingContext context, Optional<BackendSpec> spec, Inventory inventory, List<String> defaults) {
        if (spec.isPresent() && context.settings().provisioner().isPresent()
                || !defaults.stream().allMatch(name -> isOurs(inventory, name))) {
            return Optional.empty();
        }
        if (!defaults.isEmpty()) {
            return Optional.of("the plan deletes the only default StorageClass, " + defaults.get(0)
                    + ": mark another one as default, or claims that name no class get no volume");
        }
        return spec.map(
                wanted -> "the cluster has no default StorageClass: mark one as default, or set settings.provisioner");
    }

    private static boolean isOurs(Inventory inventory, String storageClass) {
        Observed<?> found = inventory.observed().get(StorageClassResource.id(storageClass));
        return found != null && found.ownership() == Observed.Ownership.OURS;
    }

    /** Whether {@code v1.35.3} is of {@code 1.35}. */
    static boolean isOf(String version, String wanted) {
        return (version.replaceFirst("^v", "") + ".").startsWith(wanted + ".");
    }

    /** The backend's objects that are still in the cluster. */
    @Override
    public CompletableFuture<List<Leftover>> leftovers(ExistingContext context) {
        return new ClusterInventory(context.scheduler(), new Ownership(context.ref()), ApiDiscovery::new)
                .observe(() -> context.cluster().client(), Optional.empty(), Manifests.of(List.of()))
                .thenApply(inside -> inside.entrySet().stream()
                        .filter(entry -> entry.getValue().ownership() == Observed.Ownership.OURS)
                        .map(Map.Entry::getKey)
                        .map(id -> new Leftover(
                                id.kind(), id.name(), "still exists and has the ownership tags of the backend", false))
                        .toList());
    }
}
