// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.resource.ClusterInventory;
import io.osmo.backend.kubernetes.internal.resource.DefaultClassResource;
import io.osmo.backend.kubernetes.internal.resource.Manifests;
import io.osmo.backend.kubernetes.internal.resource.StorageClassResource;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Whether the names that the backend needs in the cluster are free, or its own. The cluster itself is always there. */
final class NamesCheck extends PreflightCheck<ExistingContext> {
    NamesCheck() {
        super("name");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<ExistingContext> survey) {
        ExistingContext context = survey.context();
        return new ClusterInventory(context.scheduler(), new Ownership(context.ref()), ApiDiscovery::new)
                .observe(() -> context.cluster().client(), Optional.of(survey.spec()), Manifests.of(List.of()))
                .thenApply(inside -> List.of(judge(context, survey.spec(), inside)));
    }

    private PreflightFinding judge(ExistingContext context, BackendSpec spec, Map<ResourceId, Observed<?>> inside) {
        String taken = inside.entrySet().stream()
                .filter(entry -> entry.getValue().ownership() == Observed.Ownership.FOREIGN)
                .map(Map.Entry::getKey)
                .filter(id -> !isOfStorage(id) || isWanted(id, context, spec))
                .map(ResourceId::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return taken.isEmpty()
                ? pass("no object of others has a name that this backend needs")
                : fail(
                        "objects with the names that this backend would give exist and are not its own: " + taken,
                        "Choose other names in the spec, or delete these objects. If one is the backend's own and has lost its"
                                + " label: kubectl label KIND NAME "
                                + Ownership.BACKEND_LABEL + "=" + context.name() + ".");
    }

    /** All classes of a cluster are read, whoever has made them. */
    private static boolean isOfStorage(ResourceId id) {
        return id.equals(DefaultClassResource.ID) || id.equals(StorageClassResource.id(id.name()));
    }

    private static boolean isWanted(ResourceId id, ExistingContext context, BackendSpec spec) {
        return ExistingClusterPart.storageClass(context.settings(), spec)
                .filter(wanted ->
                        id.equals(DefaultClassResource.ID) || id.equals(StorageClassResource.id(wanted.name())))
                .isPresent();
    }
}
