// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Observed;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Checks whether the names that the backend would use are free.
 *
 * @param <C> one backend of one cloud
 */
public final class NameCheck<C extends ProviderContext> extends PreflightCheck<C> {
    private final ResourceId cluster;
    private final String service;
    private final List<Reader<C>> readers;

    /**
     * @param cluster id of the cluster
     * @param service name of the managed service, such as {@code EKS}
     */
    public NameCheck(ResourceId cluster, String service) {
        this(cluster, service, List.of());
    }

    /** @param readers the readers that find objects by name; all readers if empty */
    public NameCheck(ResourceId cluster, String service, List<Reader<C>> readers) {
        super("name");
        this.cluster = cluster;
        this.service = service;
        this.readers = List.copyOf(readers);
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        String name = service + " cluster " + survey.context().name();
        return survey.inventory(readers).thenApply(inventory -> {
            List<String> foreign = inventory.observed().entrySet().stream()
                    .filter(entry -> entry.getValue().ownership() == Observed.Ownership.FOREIGN)
                    .map(entry -> entry.getKey().toString())
                    .toList();
            if (!foreign.isEmpty()) {
                return List.of(fail(
                        "objects with the names that this backend would give exist and are not its own: "
                                + String.join(", ", foreign),
                        "Choose another name for the backend, or delete these objects."));
            }
            return List.of(pass(
                    inventory.observed().containsKey(cluster)
                            ? name + " is this backend's own: apply continues with it"
                            : "no " + name + " in " + survey.context().region() + " yet"));
        });
    }
}
